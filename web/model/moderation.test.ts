/** The page after a decision of an admin. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { startServer } from "../../app/testing/harness.ts";
import { waitFor } from "../../load/kit/wait-for.ts";
import { newTestBrowser, openTestPage } from "./testing/test-page.ts";

const BY = { by: "Eve" };

test("A2 a banned user sees the reason, and the page stops connecting, also after a reload", async (t) => {
	const server = await startServer(t);
	const browser = newTestBrowser();
	const page = openTestPage(t, server.url, browser);
	await page.enter("ada", "lobby");
	let attempts = 0;
	server.io.engine.on("connection", () => attempts++);
	await server.chat.moderation.ban({ user: page.chat.session.user.value!.id }, BY);
	const { connection } = page.chat;
	await waitFor("refused", () => connection.status.value === "refused");
	assert.equal(connection.refusal.value?.message, "An admin has banned you from this chat.");
	// The delay before the next attempt would be 0.
	await new Promise((resolve) => setTimeout(resolve, 200));
	assert.equal(attempts, 1);

	page.unload();
	const again = openTestPage(t, server.url, browser);
	await waitFor("the join page", () => again.chat.session.state.value === "signedOut");
	assert.equal(again.chat.session.problem.value?.message, "An admin has banned you from this chat.");
	await assert.rejects(again.enter("ada", "lobby"), /^Error: An admin has banned you from this chat\.$/);
	await server.chat.moderation.unban({ kind: "user", target: server.chat.bans.list()[0]!.target }, BY);
	await again.enter("ada", "lobby");
});

test("A3 a user who was kicked from a room sees the reason there and stays in the other rooms", async (t) => {
	const server = await startServer(t);
	const page = openTestPage(t, server.url);
	await page.enter("ada", "attic");
	await page.enter("ada", "lobby");
	await server.chat.moderation.kick(page.chat.session.user.value!.id, { room: "lobby" }, BY);
	const [attic, lobby] = ["attic", "lobby"].map(
		(name) => page.chat.rooms.joined.value.find((room) => room.name === name)!,
	);
	await waitFor("refused", () => lobby?.state.value.phase === "refused");
	const state = lobby!.state.value;
	assert.match(
		state.phase === "refused" ? state.refusal.message : "",
		/banned you from this room for another 10 minutes/,
	);
	await waitFor("live in the other room", () => attic?.state.value.phase === "live");
});

test("A5 the page knows at once that a room is closed, and a message fails with the reason", async (t) => {
	const server = await startServer(t);
	const page = openTestPage(t, server.url);
	await page.enter("ada", "lobby");
	const room = page.chat.rooms.current.value!;
	await server.chat.moderation.closeRoom("lobby", BY);
	await waitFor("read-only", () => room.readOnly.value);
	page.send("hello");
	await waitFor("failed", () => page.messages()[0]?.state === "failed");
	assert.match(JSON.stringify(page.messages()[0]), /This room is read-only/);
	await server.chat.moderation.reopenRoom("lobby", BY);
	await waitFor("open", () => !room.readOnly.value);
	room.retry(page.messages()[0]!.clientId!);
	await waitFor("stored", () => page.messages()[0]?.state === "stored");
	assert.equal(room.readOnly.value, false);
	assert.equal(page.chat.connection.status.value, "online");
});
