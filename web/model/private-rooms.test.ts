import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import type { Ack } from "../../app/protocol/refusal.ts";
import { waitFor } from "../../load/kit/wait-for.ts";
import { goOffline, openTestChat, waitForTexts } from "./testing/test-chat.ts";
import { newTestBrowser, openTestPage, type TestPage } from "./testing/test-page.ts";

function dataOf<T>(ack: Ack<T>): T {
	assert.ok(ack.ok, JSON.stringify(ack));
	return ack.data;
}

/** Ada in a private room of hers, and Ben, who is in the lobby. */
async function openPrivateRoom(t: TestContext) {
	const { server, tunnel, page: ben } = await openTestChat(t);
	const ada = openTestPage(t, server.url);
	await ada.enter("Ada", "lobby");
	const create = { clientId: crypto.randomUUID(), kind: "private", title: "The Attic" } as const;
	const { room } = dataOf(await ada.chat.request("room:create", create));
	await ada.chat.rooms.join(room);
	const browser = newTestBrowser();
	ben.unload();
	const page = openTestPage(t, tunnel.url, browser);
	await page.enter("Ben", "lobby");
	const { id: user } = page.chat.session.user.value!;
	const lobby = ada.chat.rooms.joined.value.find(({ name }) => name === "lobby");
	await waitFor("Ben in Ada's list", () => lobby?.presence.value?.members.some(({ id }) => id === user) ?? false);
	const member = { room, user };
	const add = async () => dataOf(await ada.chat.request("member:add", member));
	const remove = async () => dataOf(await ada.chat.request("member:remove", member));
	const find = ({ chat }: TestPage) => chat.rooms.joined.value.find(({ name }) => name === room);
	const isLive = (page: TestPage) => find(page)?.state.value.phase === "live";
	return { server, tunnel, ada, ben: page, browser, room, add, remove, find, isLive };
}

test("R8 a room that its user was added to is in the list at once, on each device, and its messages are unread", async (t) => {
	const { server, ada, ben, browser, room, add, find, isLive } = await openPrivateRoom(t);
	await waitFor("the room", () => isLive(ada));
	assert.equal(find(ada)?.title.value, "The Attic");
	assert.equal(find(ada)?.info.value?.role, "owner");
	ada.send("before");
	await waitForTexts(ada, "before");
	await add();
	await waitFor("the room of Ben", () => isLive(ben));
	assert.equal(find(ben)?.title.value, "The Attic");
	assert.equal(ben.chat.rooms.current.value?.name, "lobby");
	assert.equal(find(ben)?.unread.value.count, 0);
	ada.send("after");
	await waitFor("an unread message", () => find(ben)?.unread.value.count === 1);
	assert.ok(ada.texts().includes("access"), "that Ben was added is between the messages");

	// Another device, which has the session and nothing else.
	const phone = openTestPage(t, server.url, { ...newTestBrowser(), headers: browser.headers });
	await waitFor("the room on the phone", () => isLive(phone));
	assert.equal(find(phone)?.unread.value.count, 1);
	phone.chat.rooms.switchTo(room);
	find(phone)?.markRead();
	await waitFor("that it was read on the phone", () => find(ben)?.unread.value.count === 0);
});

test("R7 a direct room is called after the other people, and is there after a reload", async (t) => {
	const { tunnel, ada, ben, browser } = await openPrivateRoom(t);
	const { room } = dataOf(await ada.chat.request("direct:open", { users: [ben.chat.session.user.value!.id] }));
	await ada.chat.rooms.join(room);
	await waitFor("the title", () => ada.chat.rooms.current.value?.title.value === "Ben");
	ben.unload();
	ada.send("hello");
	const reloaded = openTestPage(t, tunnel.url, { ...browser, storage: newTestBrowser().storage });
	const found = () => reloaded.chat.rooms.joined.value.find(({ name }) => name === room);
	await waitFor("the message", () => found()?.unread.value.count === 1);
	assert.equal(found()?.title.value, "Ada");
	assert.equal(found()?.info.value?.kind, "direct");
});

test("R6 a room that its user was removed from leaves the device, with a sentence", async (t) => {
	const { ben, browser, room, add, remove, find, isLive } = await openPrivateRoom(t);
	await add();
	await waitFor("the room", () => isLive(ben));
	ben.chat.rooms.switchTo(room);
	find(ben)!.draft.value = "a draft";
	await remove();
	await waitFor("that it is gone", () => !find(ben));
	assert.equal(ben.chat.rooms.current.value?.name, "lobby");
	const notices = () => ben.chat.notices.shown.value.map(({ text }) => text);
	assert.deepEqual(notices(), ["You are no longer a member of The Attic."]);
	assert.ok(
		!JSON.stringify(["rooms", "read", "drafts", "current"].map((key) => browser.storage.get(key))).includes(room),
	);
	await add();
	await waitFor("that it is back", () => isLive(ben));
	dataOf(await ben.chat.request("member:remove", { room, user: ben.chat.session.user.value!.id }));
	await waitFor("that Ben has left", () => !find(ben));
	assert.equal(notices().length, 1, "who leaves knows it");
});

test("R6 who was removed while they were away sees it when they are back", async (t) => {
	const { tunnel, ben, add, remove, find, isLive } = await openPrivateRoom(t);
	await add();
	await waitFor("the room", () => isLive(ben));
	await goOffline(tunnel, ben);
	await remove();
	tunnel.setOpen(true);
	await waitFor("that it is gone", () => !find(ben));
	assert.deepEqual(
		ben.chat.notices.shown.value.map(({ text }) => text),
		["You are no longer a member of The Attic."],
	);
});

test("R5 new settings and a new role are known without a join", async (t) => {
	const { ada, ben, room, add, find, isLive } = await openPrivateRoom(t);
	await add();
	await waitFor("the room", () => isLive(ben));
	dataOf(await ada.chat.request("room:update", { room, title: "The Cellar", topic: "Wine" }));
	dataOf(await ada.chat.request("member:add", { room, user: ben.chat.session.user.value!.id, role: "owner" }));
	await waitFor("the role", () => find(ben)?.info.value?.role === "owner");
	assert.deepEqual([find(ben)?.title.value, find(ben)?.info.value?.topic], ["The Cellar", "Wine"]);
});
