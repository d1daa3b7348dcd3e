import assert from "node:assert/strict";
import { test } from "node:test";
import type { ApiClient } from "./api-client.ts";
import { createDirectory } from "./directory.ts";

const ROOMS = [{ room: "lobby", present: 2, lastActivityAt: 5 }];
const UNREACHABLE = { code: "unavailable", message: "Can't reach the server.", retryable: true };

test("a refresh replaces the list, and a refused one keeps it", async () => {
	const acks = [
		{ ok: true, data: { rooms: ROOMS } },
		{ ok: false, error: UNREACHABLE },
	];
	const paths: string[] = [];
	const api = (async (method: string, path: string) => {
		paths.push(`${method} ${path}`);
		return acks.shift();
	}) as unknown as ApiClient;
	const directory = createDirectory(api);
	assert.equal(directory.rooms.value, undefined);
	assert.equal(await directory.refresh(), undefined);
	assert.deepEqual(directory.rooms.value, ROOMS);
	assert.deepEqual(await directory.refresh(), UNREACHABLE);
	assert.deepEqual(directory.rooms.value, ROOMS);
	assert.deepEqual(paths, ["GET /api/rooms", "GET /api/rooms"]);
});
