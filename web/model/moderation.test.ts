/** What somebody's page does and says when an admin has decided something about them. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { startServer } from "../../app/testing/harness.ts";
import { until } from "../connection/testing/until.ts";
import { newBrowser, openPage } from "./testing/page.ts";

const BY = { by: "Eve" };

test("A2 whoever is banned is told so, and the page asks no more, also after a reload", async (t) => {
	const server = await startServer(t);
	const browser = newBrowser();
	const page = openPage(t, server.url, browser);
	await page.enter("ada", "lobby");
	let attempts = 0;
	server.io.engine.on("connection", () => attempts++);
	await server.chat.moderation.ban({ user: page.chat.session.user.value!.id }, BY);
	const { line } = page.chat;
	await until(() => line.status.value === "refused", "refused");
	assert.equal(line.refusal.value?.message, "An admin has banned you from this chat.");
	// The line waits for nothing: its next attempt would be at once.
	await new Promise((resolve) => setTimeout(resolve, 200));
	assert.equal(attempts, 1);

	page.unload();
	const again = openPage(t, server.url, browser);
	await until(() => again.chat.session.state.value === "signedOut", "the join page");
	assert.equal(again.chat.session.problem.value?.message, "An admin has banned you from this chat.");
	await assert.rejects(again.enter("ada", "lobby"), /^Error: An admin has banned you from this chat\.$/);
	await server.chat.moderation.unban({ kind: "user", target: server.chat.bans.list()[0]!.target }, BY);
	await again.enter("ada", "lobby");
});

test("A3 whoever is kicked out of a room is told so there, and stays in the others", async (t) => {
	const server = await startServer(t);
	const page = openPage(t, server.url);
	await page.enter("ada", "attic");
	await page.enter("ada", "lobby");
	await server.chat.moderation.kick(page.chat.session.user.value!.id, { room: "lobby" }, BY);
	const [attic, lobby] = ["attic", "lobby"].map(
		(name) => page.chat.rooms.joined.value.find((room) => room.name === name)!,
	);
	await until(() => lobby?.state.value.phase === "refused", "refused");
	const state = lobby!.state.value;
	assert.match(
		state.phase === "refused" ? state.refusal.message : "",
		/banned you from this room for another 10 minutes/,
	);
	await until(() => attic?.state.value.phase === "live", "live in the other room");
});

test("A5 whoever writes in a closed room is told why it was not sent", async (t) => {
	const server = await startServer(t);
	const page = openPage(t, server.url);
	await page.enter("ada", "lobby");
	await server.chat.moderation.closeRoom("lobby", BY);
	page.send("hello");
	await until(() => page.messages()[0]?.state === "failed", "failed");
	assert.match(JSON.stringify(page.messages()[0]), /An admin has closed this room/);
	assert.equal(page.chat.line.status.value, "online");
});
