/** The store of pending messages with real IndexedDB, Web Locks and tabs. */
import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { type TestContext, test } from "node:test";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import type { Page } from "playwright-core";
import type { User } from "../../app/protocol/session.ts";
import { releaseChromium, sharedChromium } from "../browser/chromium.ts";
import type { PendingStore, StoredPending } from "./pending.ts";

const ADA: User = { id: "ada", name: "ada" };

declare global {
	var store: PendingStore;
	/** ClientIds that the tab has taken over. */
	var taken: string[];
}

/** Serves a page that opens the store. Returns a function that opens it in a new tab. */
async function openSite(t: TestContext) {
	const { outputFiles } = await build({
		stdin: {
			contents: `import { openPendingDatabase } from "./pending-database.ts";
				globalThis.store = openPendingDatabase();
				globalThis.taken = [];`,
			resolveDir: fileURLToPath(new URL(".", import.meta.url)),
			loader: "ts",
		},
		bundle: true,
		format: "esm",
		write: false,
	});
	const page = `<!doctype html><title>tab</title><script type="module">${outputFiles[0]!.text}</script>`;
	const server = createServer((_request, response) => response.setHeader("content-type", "text/html").end(page));
	server.listen(0, "127.0.0.1");
	await once(server, "listening");
	const browser = await sharedChromium();
	const context = await browser.newContext();
	t.after(async () => {
		await context.close();
		releaseChromium();
		server.close();
	});
	const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	return async () => {
		const tab = await context.newPage();
		await tab.goto(url);
		await tab.waitForFunction(() => globalThis.store !== undefined);
		return tab;
	};
}

function record(text: string, order: number, author = ADA): StoredPending {
	const content = { body: text };
	return { clientId: text, author, room: "lobby", content, createdAt: Date.now(), order, after: null, refusal: null };
}

const put = (tab: Page, ...records: StoredPending[]) =>
	tab.evaluate(async (all) => {
		for (const one of all) await store.put(one);
	}, records);

/** Calls `adopt` and returns the clientIds that the tab has taken over so far. */
const adopt = (tab: Page, user = ADA) =>
	tab.evaluate(async (who) => {
		await store.adopt(who, (records) => taken.push(...records.map(({ clientId }) => clientId)));
		return taken;
	}, user);

test("a reload finds the pending messages in order, without those stored meanwhile", async (t) => {
	const openTab = await openSite(t);
	const tab = await openTab();
	await put(tab, record("third", 3), record("first", 1), record("second", 2));
	await tab.evaluate(() => store.remove("second"));
	await tab.reload();
	await tab.waitForFunction(() => globalThis.store !== undefined);
	assert.deepEqual(await adopt(tab), ["first", "third"]);
});

test("an open tab keeps its messages, and another one takes them over when it closes", async (t) => {
	const openTab = await openSite(t);
	const first = await openTab();
	await put(first, record("mine", 1));
	const second = await openTab();
	assert.deepEqual(await adopt(second), []);
	await first.close();
	await second.waitForFunction(() => taken.length === 1);
	assert.deepEqual(await second.evaluate(() => taken), ["mine"]);
});

test("M2 one of several tabs takes over the messages of a closed tab", async (t) => {
	const openTab = await openSite(t);
	const first = await openTab();
	await put(first, ...Array.from({ length: 20 }, (_, index) => record(`${index}`, index)));
	const others = await Promise.all([openTab(), openTab(), openTab()]);
	await Promise.all(others.map((tab) => adopt(tab)));
	await first.close();
	// Done when no lock request is pending and each tab holds its own lock.
	const locks = () => others[0]!.evaluate(() => navigator.locks.query());
	for (let now = await locks(); now.pending?.length !== 0 || now.held?.length !== 3; ) now = await locks();
	const counts = await Promise.all(others.map((tab) => tab.evaluate(() => taken.length)));
	assert.deepEqual(
		counts.sort((a, b) => a - b),
		[0, 0, 20],
	);
});

test("messages of another user are not taken over; a new session with the same name takes over its own", async (t) => {
	const openTab = await openSite(t);
	const tab = await openTab();
	await put(tab, record("ada's", 1), record("grace's", 2, { id: "grace", name: "grace" }));
	await tab.close();
	const next = await openTab();
	assert.deepEqual(await adopt(next, { id: "new", name: "ada" }), ["ada's"]);
});

test("a message that was written while the device's clock was wrong is kept; old ones of other users are deleted", async (t) => {
	const openTab = await openSite(t);
	const tab = await openTab();
	const createdAt = Date.UTC(2020, 0, 1);
	const grace = { id: "grace", name: "grace" };
	await put(tab, { ...record("mine", 1), createdAt }, { ...record("theirs", 2, grace), createdAt });
	await tab.close();
	const next = await openTab();
	assert.deepEqual(await adopt(next), ["mine"]);
	assert.deepEqual(await adopt(next, grace), ["mine"]);
});

test("clear deletes the user's messages of every tab and no others", async (t) => {
	const openTab = await openSite(t);
	const first = await openTab();
	await put(first, record("one", 1), record("theirs", 2, { id: "grace", name: "grace" }));
	const second = await openTab();
	await put(second, record("two", 3));
	await second.evaluate(() => store.clear("ada"));
	await Promise.all([first.close(), second.close()]);
	const next = await openTab();
	assert.deepEqual(await adopt(next), []);
	assert.deepEqual(await adopt(next, { id: "grace", name: "grace" }), ["theirs"]);
});
