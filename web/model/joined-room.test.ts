import assert from "node:assert/strict";
import { test } from "node:test";
import { waitFor } from "../../load/kit/wait-for.ts";
import { openTestChat, waitForTexts, waitUntilStored } from "./testing/test-chat.ts";

test("M4 messages written while offline are sent after reconnecting, once and in order", async (t) => {
	const { server, tunnel, page } = await openTestChat(t);
	await page.enter("ada", "lobby");
	const grace = await server.client("grace");
	await grace.join("lobby");
	tunnel.setOpen(false);
	tunnel.cut();
	await waitFor("the connection is lost", () => page.chat.connection.status.value === "lost");
	for (const text of ["one", "two", "three"]) page.send(text);
	assert.deepEqual(
		page.messages().map(({ state }) => state),
		["queued", "queued", "queued"],
	);
	await grace.send("lobby", "meanwhile");
	tunnel.setOpen(true);
	page.chat.connection.retry();
	await waitForTexts(page, "meanwhile", "one", "two", "three");
	await waitUntilStored(page);
	await grace.entry("lobby", 4);
	assert.equal(grace.entries("lobby").length, 4);
});

test("M2 M4 a message whose ack was lost is drawn once at every moment and stored once", async (t) => {
	const { server, tunnel, page } = await openTestChat(t);
	await page.enter("ada", "lobby");
	const grace = await server.client("grace");
	await grace.join("lobby");
	const moments: string[][] = [];
	const room = page.chat.rooms.current.value!;
	room.items.subscribe((items) => {
		moments.push(items.flatMap((item) => (item.kind === "message" ? [item.content.body!] : [])));
	});
	tunnel.muteServer();
	page.send("once");
	await grace.entry("lobby", 1);
	tunnel.cut();
	await waitForTexts(page, "once");
	await waitUntilStored(page);
	for (const moment of moments) assert.ok(moment.length <= 1, `seen at one moment: ${moment.join(", ")}`);
	assert.equal(grace.entries("lobby").length, 1);
});

test("after a long absence the timeline starts over with a system item, and older pages can be loaded", async (t) => {
	const { server, tunnel, page } = await openTestChat(t);
	await page.enter("ada", "lobby");
	const grace = await server.client("grace");
	await grace.join("lobby");
	tunnel.setOpen(false);
	tunnel.cut();
	await Promise.all(Array.from({ length: 520 }, (_, index) => grace.send("lobby", `${index + 1}`)));
	tunnel.setOpen(true);
	page.chat.connection.retry();
	await waitFor("the newest fifty", () => page.messages().length === 50);
	assert.equal(page.texts()[0], "restart");
	const room = page.chat.rooms.current.value!;
	assert.equal(room.hasOlder.value, true);
	room.setFollowing(false);
	assert.equal(await room.loadOlder(), undefined);
	assert.equal(page.messages()[0]?.seq, 371);
	while (room.hasOlder.value) await room.loadOlder();
	assert.equal(page.messages()[0]?.seq, 1);
	assert.equal(page.messages().length, 300);
	assert.equal(room.hasNewer.value, true);
	await room.jumpToNewest();
	assert.equal(page.messages().at(-1)?.seq, 520);
});
