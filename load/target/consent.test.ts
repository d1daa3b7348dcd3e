import assert from "node:assert/strict";
import { test } from "node:test";
import { BadInput } from "../kit/cli.ts";
import { askFirst } from "./consent.ts";
import { removeRooms } from "./remove-rooms.ts";

const target = { url: "https://chat.example", loadToken: "x", path: "public edge", build: "b1" } as const;

test("without a terminal, another machine is not loaded unless --yes is given", async () => {
	assert.equal(process.stdin.isTTY, undefined, "this test needs a standard input that is no terminal");
	await assert.rejects(
		askFirst([target], "2,000 users", new AbortController().signal),
		(error) =>
			error instanceof BadInput && /chat\.example is not on this machine.*--yes.*2,000 users/.test(error.message),
	);
});

test("rooms of a server that is gone are returned, without a timeout for each", async () => {
	const rooms = Array.from({ length: 500 }, (_, index) => `load-x-${index}`);
	const left = await removeRooms([{ url: "http://127.0.0.1:9", loadToken: "x" }], rooms);
	assert.equal(left.length, 500);
});
