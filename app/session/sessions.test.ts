import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { test } from "node:test";
import type { Session } from "../room/ports/sessions.ts";
import { SESSION_MS } from "../room/ports/sessions.ts";
import { StoreUnavailable } from "../room/ports/store.ts";
import { createSessions } from "./sessions.ts";

const SECRET = "a secret of more than sixteen characters";

/** Sessions with a clock that the test advances, and a store that records its calls. */
function setUp({ secret = SECRET, revoked = [] as string[] } = {}) {
	const clock = { time: Date.UTC(2026, 0, 1), now: () => clock.time };
	const stored: [string, number][] = [];
	const store = {
		fails: false,
		async revokeSession(id: string, expiresAt: number) {
			if (store.fails) throw new StoreUnavailable("disk full");
			stored.push([id, expiresAt]);
		},
	};
	return { clock, stored, store, sessions: createSessions({ secret, store, revoked, clock }) };
}

test("S1 a token identifies its user", () => {
	const { sessions, clock } = setUp();
	const { session, token } = sessions.issue("Ada");
	assert.match(session.id, /^[0-9a-f]{32}$/);
	assert.match(session.user.id, /^[\w-]{12}$/);
	assert.equal(session.expiresAt, clock.time + SESSION_MS);
	assert.deepEqual(sessions.verify(token), session);
});

test("S1 a token fits into a cookie, with any name", () => {
	const { sessions } = setUp();
	for (const name of ["a.b; c=d, e", "__proto__", "عمر", "🦜".repeat(16), "\u{ffff}".repeat(32), "ß"]) {
		const { session, token } = sessions.issue(name);
		assert.match(token, /^[\w.-]+$/);
		assert.deepEqual(sessions.verify(token), session);
	}
});

test("S1 two people with the same name are two users", () => {
	const { sessions } = setUp();
	const [a, b] = [sessions.issue("Ada").session, sessions.issue("Ada").session];
	assert.notEqual(a.id, b.id);
	assert.notEqual(a.user.id, b.user.id);
});

test("S1 a token survives a restart, and a token with another secret is refused", () => {
	const { token, session } = setUp().sessions.issue("Ada");
	assert.deepEqual(setUp().sessions.verify(token), session);
	assert.equal(setUp({ secret: `${SECRET}!` }).sessions.verify(token), undefined);
});

test("S1 a token with any changed character is refused", () => {
	const { sessions } = setUp();
	const { token } = sessions.issue("Ada");
	for (let i = 0; i < token.length; i++) {
		const other = token[i] === "A" ? "B" : "A";
		assert.equal(sessions.verify(token.slice(0, i) + other + token.slice(i + 1)), undefined, `character ${i}`);
	}
	const [id, user, expiry, name, mac] = token.split(".");
	const forged = Buffer.from("admin").toString("base64url");
	for (const wrong of [
		"",
		".",
		"....",
		"undefined",
		`${token} `,
		`${token}=`,
		token.toUpperCase(),
		token.slice(0, -1),
		`${id}.${user}.${expiry}.${name}`,
		`${id}.${user}.${expiry}.${name}.`,
		`${id}.${user}.${expiry}.${forged}.${mac}`,
		`${id}.${user}.zzzzzzzzz.${name}.${mac}`,
		`.${token}`,
		"é".repeat(200),
		"\ud800".repeat(43),
		`${"x".repeat(1_000_000)}.${mac}`,
	])
		assert.equal(sessions.verify(wrong), undefined, wrong.slice(0, 80));
});

test("S1 a token is refused from its expiry on", () => {
	const { sessions, clock } = setUp();
	const { token, session } = sessions.issue("Ada");
	clock.time = session.expiresAt - 1;
	assert.ok(sessions.verify(token));
	clock.time = session.expiresAt;
	assert.equal(sessions.verify(token), undefined);
});

test("S3 a revoked session is refused from the call on, and stored with its expiry", async () => {
	const { sessions, stored } = setUp();
	const [ada, ben] = [sessions.issue("Ada"), sessions.issue("Ben")];
	const revoking = sessions.revoke(ada.session);
	assert.equal(sessions.verify(ada.token), undefined);
	await revoking;
	assert.deepEqual(stored, [[ada.session.id, ada.session.expiresAt]]);
	assert.equal(sessions.verify(ada.token), undefined);
	assert.ok(sessions.verify(ben.token));
});

test("S3 a session that was revoked before a restart stays revoked", () => {
	const { token, session } = setUp().sessions.issue("Ada");
	assert.equal(setUp({ revoked: [session.id] }).sessions.verify(token), undefined);
});

test("S3 a revocation that can't be stored has no effect and can be repeated", async () => {
	const { sessions, store, stored } = setUp();
	const { token, session } = sessions.issue("Ada");
	store.fails = true;
	await assert.rejects(sessions.revoke(session), StoreUnavailable);
	const again = sessions.verify(token) as Session;
	assert.deepEqual(again, session);
	store.fails = false;
	await sessions.revoke(again);
	assert.equal(stored.length, 1);
	assert.equal(sessions.verify(token), undefined);
});

test("S3 a clock that is ahead for a while revives no revoked session", async () => {
	const { sessions, clock } = setUp();
	const { token, session } = sessions.issue("Ada");
	await sessions.revoke(session);
	const trueTime = clock.time;
	clock.time = session.expiresAt + 1;
	await sessions.revoke(sessions.issue("Ben").session);
	clock.time = trueTime;
	assert.equal(sessions.verify(token), undefined);
});
