import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import type { Ack, Refusal } from "../../app/protocol/refusal.ts";
import { waitFor } from "../../load/kit/wait-for.ts";
import type { ApiClient } from "./api-client.ts";
import { removeAccount } from "./remove-account.ts";
import { CookieSession } from "./session.ts";
import { ADA_USER } from "./testing/entries.ts";
import { localStorageInMemory } from "./testing/local-storage-in-memory.ts";
import { goOffline, openTestChat } from "./testing/test-chat.ts";
import { newTestBrowser, openTestPage } from "./testing/test-page.ts";

test("S3 signing out removes the rooms; a session that ends elsewhere has a reason", async (t) => {
	const { server, page } = await openTestChat(t);
	await page.enter("ada", "lobby");
	assert.equal(await page.chat.session.signOut(), undefined);
	assert.equal(page.chat.session.state.value, "signedOut");
	assert.deepEqual(page.chat.rooms.joined.value, []);
	const browser = newTestBrowser();
	const other = openTestPage(t, server.url, browser);
	await other.enter("ada", "lobby");
	await fetch(`${server.url}/api/session`, { method: "DELETE", headers: browser.headers });
	await waitFor("signed out", () => other.chat.session.state.value === "signedOut");
	assert.equal(other.chat.session.problem.value?.message, "You were signed out.");
	assert.equal(other.chat.session.lastName.value, "ada");
});

test("signing in under another name in one tab applies to the other tabs, and nothing is sent under the old name", async (t) => {
	const { server, tunnel } = await openTestChat(t);
	const browser = newTestBrowser();
	const old = openTestPage(t, tunnel.url, browser);
	await old.enter("ada", "lobby");
	await goOffline(tunnel, old);
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

test("K8 K10 a new name of another device is taken over, and the rooms stay; a removed account ends the page", async (t) => {
	const { server } = await openTestChat(t);
	const browser = newTestBrowser();
	const page = openTestPage(t, server.url, browser);
	await page.enter("ada", "lobby");
	const json = { ...browser.headers, "content-type": "application/json" };
	const renamed = await fetch(`${server.url}/api/session`, { method: "PUT", headers: json, body: '{"name":"lin"}' });
	assert.equal(renamed.status, 200);
	await waitFor("the new name", () => page.chat.session.user.value?.name === "lin");
	await waitFor("in the room", () => page.chat.rooms.current.value?.state.value.phase === "live");
	assert.equal(page.chat.session.lastName.value, "lin");
	assert.equal(await removeAccount(page.chat, "remove"), undefined);
	assert.equal(page.chat.session.state.value, "signedOut");
});

const UNREACHABLE: Refusal = { code: "unavailable", message: "Can't reach the server.", retryable: true };
const UNAUTHORIZED: Refusal = { code: "unauthorized", message: "Sign in.", retryable: false };
const BANNED: Refusal = { code: "forbidden", message: "An admin has banned you from this chat.", retryable: false };

/** A session whose API calls get these acks, in order. */
function sessionOf(t: TestContext, ...acks: Ack<unknown>[]) {
	t.mock.timers.enable({ apis: ["setTimeout"] });
	const storage = localStorageInMemory();
	const calls: string[] = [];
	const api = (async (method: string, path: string) => {
		calls.push(`${method} ${path}`);
		return acks.shift();
	}) as unknown as ApiClient;
	return { session: new CookieSession(api, storage), storage, calls };
}

const signedIn: Ack<unknown> = { ok: true, data: { user: ADA_USER } };
const refused = (error: Refusal): Ack<unknown> => ({ ok: false, error });

test("restoring repeats until the server answers, and shows why it takes long", async (t) => {
	const { session, calls } = sessionOf(t, refused(UNREACHABLE), refused(UNREACHABLE), signedIn);
	const restoring = session.restore();
	for (let turn = 0; turn < 20; turn++) await null;
	assert.equal(session.state.value, "restoring");
	assert.deepEqual(session.problem.value, UNREACHABLE);
	while (session.state.value === "restoring") {
		t.mock.timers.tick(60_000);
		await null;
	}
	await restoring;
	assert.deepEqual(session.user.value, ADA_USER);
	assert.equal(session.problem.value, undefined);
	assert.equal(calls.length, 3);
});

test("without a session the state is signedOut, and only another reason is shown", async (t) => {
	const { session } = sessionOf(t, refused(UNAUTHORIZED));
	await session.restore();
	assert.equal(session.state.value, "signedOut");
	assert.equal(session.problem.value, undefined);
	t.mock.timers.reset();
	const banned = sessionOf(t, refused(BANNED));
	await banned.session.restore();
	assert.deepEqual(banned.session.problem.value, BANNED);
});

test("O4 a stranger sees who may come in, and a signed-in user has the access and the role", async (t) => {
	const stranger: Refusal = { ...UNAUTHORIZED, access: "invited" };
	const { session } = sessionOf(t, refused(stranger));
	await session.restore();
	assert.deepEqual([session.state.value, session.problem.value], ["signedOut", stranger]);
	t.mock.timers.reset();
	const owner = { ...ADA_USER, role: "owner" } as const;
	const known = sessionOf(t, { ok: true, data: { user: owner, access: "members" } });
	await known.session.restore();
	assert.deepEqual([known.session.user.value, known.session.access.value], [owner, "members"]);
});

test("the last name is stored", async (t) => {
	const { session, storage } = sessionOf(t, signedIn, signedIn);
	assert.equal(session.lastName.value, "");
	assert.equal(await session.signIn("ada"), undefined);
	assert.equal(session.state.value, "signedIn");
	assert.equal(session.lastName.value, "ada");
	assert.equal(new CookieSession(() => assert.fail(), storage).lastName.value, "ada");
});

test("signing out succeeds if the session has ended already, and fails if the server cannot be reached", async (t) => {
	const { session } = sessionOf(t, signedIn, signedIn, refused(UNREACHABLE), refused(UNAUTHORIZED));
	await session.signIn("ada");
	assert.deepEqual(await session.signOut(), UNREACHABLE);
	assert.equal(session.state.value, "signedIn");
	assert.equal(await session.signOut(), undefined);
	assert.equal(session.state.value, "signedOut");
	assert.equal(session.user.value, undefined);
});

test("an ack that arrives after signing in does not change the session", async (t) => {
	const { session } = sessionOf(t, refused(UNAUTHORIZED), signedIn, signedIn);
	const restoring = session.restore();
	await session.signIn("ada");
	await restoring;
	assert.equal(session.state.value, "signedIn");
});

test("an answer without a user, as of a network's sign-in page, is tried again, and at once on request", async (t) => {
	for (const data of [{}, null, { user: null }, { user: { id: 1 } }]) {
		const { session, calls } = sessionOf(t, { ok: true, data }, signedIn);
		const restoring = session.restore();
		for (let turn = 0; turn < 20; turn++) await null;
		assert.equal(session.state.value, "restoring");
		assert.match(session.problem.value!.message, /sign in to it/);
		session.retry();
		await restoring;
		assert.equal(session.state.value, "signedIn");
		assert.equal(calls.length, 2);
		t.mock.timers.reset();
	}
});

test("where cookies are blocked, signing in says so", async (t) => {
	const { session } = sessionOf(t, signedIn, refused(UNAUTHORIZED));
	const refusal = await session.signIn("ada");
	assert.match(refusal!.message, /blocks cookies/);
	assert.equal(session.user.value, undefined);
});
