import assert from "node:assert/strict";
import { test } from "node:test";
import { HistoryLoader } from "./history-loader.ts";
import { MAX_TIMELINE_MESSAGES, MessageWindow } from "./message-window.ts";
import { RecentEntries } from "./recent-entries.ts";
import { ADA_USER, makeMessage, makePage, makeStates } from "./testing/entries.ts";
import { stubRequests } from "./testing/stub-requests.ts";

/** A loader for a window that starts at message 101, and lacks the newest ones if `away`. */
function loaderOf({ away = false } = {}) {
	const { connection, requests } = stubRequests();
	const window = new MessageWindow({ viewer: ADA_USER.id, recent: new RecentEntries(ADA_USER.id) });
	window.restart(makeStates(101, 100 + MAX_TIMELINE_MESSAGES), true);
	if (away) {
		window.following = false;
		window.append([makeMessage(101 + MAX_TIMELINE_MESSAGES)]);
	}
	let changes = 0;
	const loader = new HistoryLoader({ room: "lobby", connection, window, onChange: () => changes++ });
	return { loader, requests, window, changes: () => changes };
}

test("older messages are requested before the first one of the window", async () => {
	const { loader, requests, window, changes } = loaderOf();
	const loading = loader.load("older");
	assert.equal(loader.loading.value, "older");
	assert.deepEqual([requests[0]!.event, requests[0]!.payload], ["message:history", { room: "lobby", before: 101 }]);
	await requests[0]!.accept(makePage(makeStates(51, 100), true));
	assert.equal(await loading, undefined);
	assert.equal(loader.loading.value, undefined);
	assert.equal(window.messages[0]!.seq, 51);
	assert.equal(changes(), 1);
});

test("newer messages are requested after the last one, and none at the end of the log", async () => {
	const { loader, requests } = loaderOf({ away: true });
	void loader.load("newer");
	assert.deepEqual(requests[0]!.payload, { room: "lobby", after: 100 + MAX_TIMELINE_MESSAGES });
	const atTheEnd = loaderOf();
	assert.equal(await atTheEnd.loader.load("newer"), undefined);
	assert.equal(atTheEnd.requests.length, 0);
});

test("one page is loaded at a time, but the newest page replaces another request", async () => {
	const { loader, requests, window } = loaderOf({ away: true });
	void loader.load("older");
	void loader.load("newer");
	assert.equal(requests.length, 1);
	void loader.load("newest");
	void loader.load("newest");
	assert.deepEqual(requests[1]!.payload, { room: "lobby" });
	assert.equal(requests.length, 2);
	await requests[0]!.accept(makePage(makeStates(1, 100), false));
	assert.equal(window.messages[0]!.seq, 101, "the older page is ignored");
	await requests[1]!.accept(makePage(makeStates(302, 401), true));
	assert.deepEqual([window.messages[0]!.seq, window.messages.at(-1)!.seq], [302, 401]);
	assert.equal(window.hasNewer, false);
});

test("a refusal is returned, and the page can be requested again", async () => {
	const { loader, requests } = loaderOf();
	const loading = loader.load("older");
	await requests[0]!.refuse(true);
	assert.equal((await loading)?.message, "Not now.");
	void loader.load("older");
	assert.equal(requests.length, 2);
});

test("after a reset the page under way is ignored", async () => {
	const { loader, requests, window } = loaderOf();
	void loader.load("older");
	loader.reset();
	assert.equal(loader.loading.value, undefined);
	await requests[0]!.accept(makePage(makeStates(1, 100), false));
	assert.equal(window.messages[0]!.seq, 101);
});
