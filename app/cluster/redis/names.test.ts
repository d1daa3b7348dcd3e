import assert from "node:assert/strict";
import { test } from "node:test";
import { redisNames } from "./names.ts";

/** Returns every key and channel that a chat uses for a room and a process. */
function namesOf(url: string, chatId: string): string[] {
	return Object.values(redisNames(url, chatId)).map((name) => (typeof name === "string" ? name : name("lobby")));
}

test("two chats on one Redis have no key and no channel in common, and the servers of one chat have all", () => {
	const url = "redis://redis:6379";
	const names = namesOf(url, "a");
	assert.equal(new Set(names).size, names.length);
	for (const others of [namesOf(url, "b"), namesOf(`${url}/1`, "a")])
		assert.deepEqual(
			names.filter((name) => others.includes(name)),
			[],
		);
	assert.deepEqual(namesOf(`${url}/0`, "a"), names);
});
