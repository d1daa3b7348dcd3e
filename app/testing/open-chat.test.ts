import assert from "node:assert/strict";
import { test } from "node:test";
import { openChat, PROCESSES } from "./open-chat.ts";

/** Returns the number of connections of the process that serves a new connection. */
async function connectionsAt(url: string): Promise<number> {
	const response = await fetch(`${url}/metrics`, { headers: { connection: "close" } });
	return Number(/^hubbub_connections (\d+)$/m.exec(await response.text())?.[1]);
}

test("a chat has TEST_PROCESSES processes, and each new connection goes to the next one", async (t) => {
	const chat = await openChat(t);
	const people = 4 * PROCESSES;
	for (let i = 0; i < people; i++) await chat.client(`person ${i}`);
	const counts: number[] = [];
	while (counts.length < PROCESSES) counts.push(await connectionsAt(chat.url));
	assert.ok(!counts.includes(0), `${counts}`);
	assert.equal(
		counts.reduce((sum, count) => sum + count),
		people,
	);
});
