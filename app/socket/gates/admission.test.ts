import assert from "node:assert/strict";
import { test } from "node:test";
import { refuse } from "../../room/refusals.ts";
import { Admission, type Handshake } from "./admission.ts";

const ada = { id: "s1", user: { id: "ada", name: "Ada" }, expiresAt: 1 };
const valid: Handshake = { auth: { v: 1, token: "ada" }, cookieTokens: [], address: "192.0.2.1", hasLoadToken: false };

function setUp(limits = { connectionsPerUser: 2, connectionsPerAddress: 3 }) {
	const state = { isDraining: false, isBanned: false, isStranger: false };
	const admission = new Admission({
		sessions: { verify: (token) => (token === "ada" ? ada : undefined) },
		limits,
		bans: { refusal: () => (state.isBanned ? refuse("forbidden", "Banned.") : undefined) },
		people: { entryRefusal: () => (state.isStranger ? refuse("unauthorized", "By invitation.") : undefined) },
		isDraining: () => state.isDraining,
	});
	const codeOf = (handshake: Partial<Handshake> = {}) => {
		const ack = admission.admit({ ...valid, ...handshake });
		return ack.ok ? ack.data : ack.error.code;
	};
	return { admission, state, codeOf };
}

test("S2 a session is in the token, or else in the cookie", () => {
	const { codeOf } = setUp();
	assert.equal(codeOf(), ada);
	assert.equal(codeOf({ auth: {}, cookieTokens: ["ada"] }), ada);
	assert.equal(codeOf({ auth: { token: "wrong" }, cookieTokens: ["ada"] }), "unauthorized");
	assert.equal(codeOf({ auth: { token: 7 } }), "unauthorized");
});

test("other versions, banned users and handshakes during a drain are refused", () => {
	const { codeOf, state } = setUp();
	assert.equal(codeOf({ auth: { v: 2, token: "ada" } }), "stale_client");
	state.isBanned = true;
	assert.equal(codeOf(), "forbidden");
	state.isDraining = true;
	assert.equal(codeOf(), "draining");
});

test("S5 S6 connections are bounded per user and per address, which the load token lifts", () => {
	const { admission, codeOf } = setUp();
	const releases = [admission.enter("ada", "192.0.2.1"), admission.enter("ada", "192.0.2.1")];
	assert.equal(codeOf(), "rate_limited", "of one user");
	releases.pop()!();
	assert.equal(codeOf(), ada);
	for (const id of ["ben", "cem"]) admission.enter(id, "192.0.2.1");
	assert.equal(codeOf(), "rate_limited", "from one address");
	assert.equal(codeOf({ address: "192.0.2.2" }), ada);
	assert.equal(codeOf({ hasLoadToken: true }), ada);
	assert.equal(admission.users, 3);
});

test("O4 a stranger is refused where the chat is not open, except with the load token", () => {
	const { codeOf, state } = setUp();
	state.isStranger = true;
	assert.equal(codeOf(), "unauthorized");
	assert.equal(codeOf({ hasLoadToken: true }), ada);
	assert.equal(codeOf({ hasLoadToken: true, auth: {} }), "unauthorized", "a session is needed all the same");
	state.isBanned = true;
	assert.equal(codeOf(), "forbidden");
});
