import assert from "node:assert/strict";
import { test } from "node:test";
import { waitFor } from "../../load/kit/wait-for.ts";
import { openTestChat } from "./testing/test-chat.ts";

test("leaving a room removes it and informs its members", async (t) => {
	const { server, page } = await openTestChat(t);
	await page.enter("ada", "lobby");
	await page.enter("ada", "kitchen");
	const grace = await server.client("grace");
	await grace.join("kitchen");
	page.chat.rooms.leave("kitchen");
	await grace.next("presence:diff", ({ leaves }) => leaves.some(({ name }) => name === "ada"));
	assert.equal(page.chat.rooms.current.value?.name, "lobby");
});

test("L1 rooms beyond the join rate limit are rejoined one after the other", async (t) => {
	const limits = { LIMIT_JOINS_PER_S: "20", LIMIT_JOINS_BURST: "2" };
	const { tunnel, page } = await openTestChat(t, { env: limits });
	const names = ["one", "two", "three", "four", "five"];
	for (const name of names) {
		while (await page.enter("ada", name).catch(() => true)) await new Promise((resolve) => setTimeout(resolve, 20));
	}
	const statuses = new Set<string>();
	page.chat.connection.status.subscribe((status) => void statuses.add(status));
	tunnel.cut();
	await waitFor("the connection is lost", () => statuses.has("lost"));
	const phases = () => page.chat.rooms.joined.value.map(({ state }) => state.value.phase);
	await waitFor("all five are live again", () => phases().every((phase) => phase === "live"));
	assert.equal(phases().length, names.length);
});
