import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import type { StartOptions } from "../../app/testing/harness.ts";
import { openChat } from "../../app/testing/open-chat.ts";
import { openTunnel } from "../../app/testing/tunnel.ts";
import { waitFor } from "../../load/kit/wait-for.ts";
import { newTestBrowser, openTestPage, type TestPage } from "./testing/test-page.ts";

async function chatIn(t: TestContext, options?: StartOptions) {
	const server = await openChat(t, options);
	const tunnel = await openTunnel(t, server.url);
	return { server, tunnel, page: openTestPage(t, tunnel.url) };
}

const sees = (page: TestPage, ...texts: string[]) =>
	waitFor(
		`"${texts.join('", "')}" on screen`,
		() => JSON.stringify(page.messages().map(({ content }) => content.body)) === JSON.stringify(texts),
	);
const allStored = (page: TestPage) =>
	waitFor("all of it stored", () => page.messages().every(({ state, seq }) => state === "stored" && seq !== undefined));

test("two people join, see each other and talk", async (t) => {
	const { server, page } = await chatIn(t);
	await page.enter("ada", "Lobby");
	assert.equal(page.chat.rooms.current.value?.name, "lobby");
	assert.deepEqual(page.texts(), ["welcome"]);
	const grace = openTestPage(t, server.url);
	await grace.enter("grace", "lobby");
	await waitFor("two people", () => page.chat.rooms.current.value?.presence.value?.count === 2);
	await waitFor("that grace joined", () => page.texts().includes("presence"));
	page.send("hello");
	await sees(grace, "hello");
	grace.send("hello, ada");
	await sees(page, "hello", "hello, ada");
	await allStored(page);
	assert.deepEqual(
		page.messages().map(({ mine }) => mine),
		[true, false],
	);
});

test("R2 a name that is taken is refused with its field, and another one is accepted", async (t) => {
	const { server, page } = await chatIn(t);
	await server.client("ada").then((ada) => ada.join("lobby"));
	const refusal = await page.enter("ada", "lobby").catch(({ cause }) => cause);
	assert.equal(refusal.field, "name");
	await page.enter("augusta", "lobby");
	assert.equal(page.chat.session.user.value?.name, "augusta");
});

test("M4 messages written while offline are sent after reconnecting, once and in order", async (t) => {
	const { server, tunnel, page } = await chatIn(t);
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
	await sees(page, "meanwhile", "one", "two", "three");
	await allStored(page);
	await grace.entry("lobby", 4);
	assert.equal(grace.entries("lobby").length, 4);
});

test("M2 M4 a message whose ack was lost is drawn once at every moment and stored once", async (t) => {
	const { server, tunnel, page } = await chatIn(t);
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
	await sees(page, "once");
	await allStored(page);
	for (const moment of moments) assert.ok(moment.length <= 1, `seen at one moment: ${moment.join(", ")}`);
	assert.equal(grace.entries("lobby").length, 1);
});

test("M1 replacing the server during a conversation loses no message", async (t) => {
	const { server, tunnel, page } = await chatIn(t);
	await page.enter("ada", "lobby");
	for (let index = 1; index <= 10; index++) page.send(`before ${index}`);
	const next = await openChat(t, { dataFolder: server.dataFolder });
	tunnel.leadTo(next.url);
	await server.stop();
	for (let index = 1; index <= 10; index++) page.send(`after ${index}`);
	const all = ["before", "after"].flatMap((when) => Array.from({ length: 10 }, (_, index) => `${when} ${index + 1}`));
	await sees(page, ...all);
	await allStored(page);
});

test("a reload keeps the user, the rooms, pending messages and unread counts", async (t) => {
	const { server, tunnel } = await chatIn(t);
	const browser = newTestBrowser();
	const before = openTestPage(t, tunnel.url, browser);
	await before.enter("ada", "lobby");
	await before.enter("ada", "kitchen");
	tunnel.setOpen(false);
	tunnel.cut();
	await waitFor("the connection is lost", () => before.chat.connection.status.value === "lost");
	before.send("still here");
	before.unload();
	const grace = await server.client("grace");
	await grace.join("lobby");
	await grace.send("lobby", "anybody?");
	tunnel.setOpen(true);

	const page = openTestPage(t, tunnel.url, browser);
	await sees(page, "still here");
	await allStored(page);
	assert.deepEqual(
		page.chat.rooms.joined.value.map(({ name }) => name),
		["lobby", "kitchen"],
	);
	assert.equal(page.chat.rooms.current.value?.name, "kitchen");
	const lobby = page.chat.rooms.joined.value[0]!;
	await waitFor("one unread message", () => lobby.unread.value.count === 1);
	page.chat.rooms.switchTo("lobby");
	assert.equal(lobby.newSince.value, 1);
	lobby.markRead();
	assert.deepEqual(lobby.unread.value, { count: 0, more: false });
});

test("after a long absence the timeline starts over with a system item, and older pages can be loaded", async (t) => {
	const { server, tunnel, page } = await chatIn(t);
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

test("leaving a room removes it and informs its members", async (t) => {
	const { server, page } = await chatIn(t);
	await page.enter("ada", "lobby");
	await page.enter("ada", "kitchen");
	const grace = await server.client("grace");
	await grace.join("kitchen");
	page.chat.rooms.leave("kitchen");
	await grace.next("presence:diff", ({ leaves }) => leaves.some(({ name }) => name === "ada"));
	assert.equal(page.chat.rooms.current.value?.name, "lobby");
});

test("S3 signing out removes the rooms; a session that ends elsewhere has a reason", async (t) => {
	const { server, page } = await chatIn(t);
	await page.enter("ada", "lobby");
	assert.equal(await page.chat.session.signOut(), undefined);
	assert.equal(page.chat.session.state.value, "signedOut");
	assert.deepEqual(page.chat.rooms.joined.value, []);
	const browser = newTestBrowser();
	const other = openTestPage(t, server.url, browser);
	await other.enter("ada", "lobby");
	await fetch(`${server.url}/api/session`, { method: "DELETE", headers: browser.headers });
	await waitFor("signed out", () => other.chat.session.state.value === "signedOut");
	assert.equal(other.chat.session.problem.value?.code, "unauthorized");
	assert.equal(other.chat.session.lastName.value, "ada");
});

test("signing in under another name in one tab applies to the other tabs, and nothing is sent under the old name", async (t) => {
	const { server, tunnel } = await chatIn(t);
	const browser = newTestBrowser();
	const old = openTestPage(t, tunnel.url, browser);
	await old.enter("ada", "lobby");
	tunnel.setOpen(false);
	tunnel.cut();
	await waitFor("the connection is lost", () => old.chat.connection.status.value === "lost");
	old.send("as ada");
	const other = openTestPage(t, server.url, browser);
	await other.enter("grace", "lobby");
	tunnel.setOpen(true);
	old.chat.connection.retry();
	await waitFor("grace in both tabs", () => old.chat.session.user.value?.name === "grace");
	await waitFor("in the room", () => old.chat.rooms.current.value?.state.value.phase === "live");
	other.send("as grace");
	const textsOf = (name: string) =>
		old.messages().flatMap(({ author, content }) => (author.name === name ? [content.body] : []));
	await waitFor("the message of grace from the other tab", () => textsOf("grace").length > 0);
	assert.deepEqual(textsOf("grace"), ["as grace"]);
});

test("L1 rooms beyond the join rate limit are rejoined one after the other", async (t) => {
	const limits = { LIMIT_JOINS_PER_S: "20", LIMIT_JOINS_BURST: "2" };
	const { tunnel, page } = await chatIn(t, { env: limits });
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

test("the operator's notice and the list of rooms reach the page", async (t) => {
	const { server, page } = await chatIn(t, { env: { ADMIN_TOKEN: "a-token-of-the-tests-long-enough" } });
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
