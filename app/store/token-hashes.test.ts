import assert from "node:assert/strict";
import { test } from "node:test";
import { TokenHashes } from "./token-hashes.ts";

test("Q2 hashes have a key and hide the words", () => {
	const message = { roomId: 1, author: { id: "a", name: "Ada" }, body: "conversation" };
	const hashes = new TokenHashes("key").ofMessage(message).split(" ");
	assert.equal(hashes.length, 4 + 3, "four beginnings, the room and the author's name and id");
	for (const hash of hashes) assert.match(hash, /^[0-9a-f]{8}$/);
	const others = new Set(new TokenHashes("another").ofMessage(message).split(" "));
	assert.ok(hashes.every((hash) => !others.has(hash)));
});
