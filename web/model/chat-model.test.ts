import assert from "node:assert/strict";
import { test } from "node:test";
import { openChat } from "../../app/testing/open-chat.ts";
import { waitFor } from "../../load/kit/wait-for.ts";
import { goOffline, openTestChat, waitForTexts, waitUntilStored } from "./testing/test-chat.ts";
import { newTestBrowser, openTestPage } from "./testing/test-page.ts";

test("two people join, see each other and talk", async (t) => {
	const { server, page } = await openTestChat(t);
	await page.enter("ada", "Lobby");
	assert.equal(page.chat.rooms.current.value?.name, "lobby");
	assert.deepEqual(page.texts(), ["welcome"]);
	const grace = openTestPage(t, server.url);
	await grace.enter("grace", "lobby");
	await waitFor("two people", () => page.chat.rooms.current.value?.presence.value?.count === 2);
	await waitFor("that grace joined", () => page.texts().includes("presence"));
	page.send("hello");
	await waitForTexts(grace, "hello");
	grace.send("hello, ada");
	await waitForTexts(page, "hello", "hello, ada");
	await waitUntilStored(page);
	assert.deepEqual(
		page.messages().map(({ mine }) => mine),
		[true, false],
	);
});

test("R2 a name that is taken is refused with its field, and another one is accepted", async (t) => {
	const { server, page } = await openTestChat(t);
	await server.client("ada").then((ada) => ada.join("lobby"));
	const refusal = await page.enter("ada", "lobby").catch(({ cause }) => cause);
	assert.equal(refusal.field, "name");
	await page.enter("augusta", "lobby");
	assert.equal(page.chat.session.user.value?.name, "augusta");
});

test("M1 replacing the server during a conversation loses no message", async (t) => {
	const { server, tunnel, page } = await openTestChat(t);
	await page.enter("ada", "lobby");
	for (let index = 1; index <= 10; index++) page.send(`before ${index}`);
	const next = await openChat(t, { dataFolder: server.dataFolder });
	tunnel.leadTo(next.url);
	await server.stop();
	for (let index = 1; index <= 10; index++) page.send(`after ${index}`);
	const all = ["before", "after"].flatMap((when) => Array.from({ length: 10 }, (_, index) => `${when} ${index + 1}`));
	await waitForTexts(page, ...all);
	await waitUntilStored(page);
});

test("a reload keeps the user, the rooms, pending messages and unread counts", async (t) => {
	const { server, tunnel } = await openTestChat(t);
	const browser = newTestBrowser();
	const before = openTestPage(t, tunnel.url, browser);
	await before.enter("ada", "lobby");
	await before.enter("ada", "kitchen");
	await goOffline(tunnel, before);
	before.send("still here");
	before.unload();
	const grace = await server.client("grace");
	await grace.join("lobby");
	await grace.send("lobby", "anybody?");
	tunnel.setOpen(true);

	const page = openTestPage(t, tunnel.url, browser);
	await waitForTexts(page, "still here");
	await waitUntilStored(page);
	assert.deepEqual(
		page.chat.rooms.joined.value.map(({ name }) => name),
		["lobby", "kitchen"],
	);
	assert.equal(page.chat.rooms.current.value?.name, "kitchen");
	const lobby = page.chat.rooms.joined.value[0]!;
	await waitFor("one unread message", () => lobby.unread.value.count === 1);
	page.chat.rooms.switchTo("lobby");
	assert.equal(lobby.newSince.value?.seq, 1);
	lobby.markRead();
	assert.deepEqual(lobby.unread.value, { count: 0, more: false });
});

test("the operator's notice and the list of rooms reach the page", async (t) => {
	const { server, page } = await openTestChat(t, { env: { ADMIN_TOKEN: "a-token-of-the-tests-long-enough" } });
	await page.enter("ada", "lobby");
	await fetch(`${server.url}/api/notice`, {
		method: "POST",
		headers: { "content-type": "application/json", authorization: "Bearer a-token-of-the-tests-long-enough" },
		body: JSON.stringify({ text: "Back in five minutes." }),
	});
	await waitFor("the notice", () => page.chat.notices.shown.value.length === 1);
	page.chat.notices.dismiss(page.chat.notices.shown.value[0]!.key);
	assert.deepEqual(page.chat.notices.shown.value, []);
	assert.equal(await page.chat.directory.refresh(), undefined);
	assert.deepEqual(
		page.chat.directory.rooms.value?.map(({ room, present }) => [room, present]),
		[["lobby", 1]],
	);
});
