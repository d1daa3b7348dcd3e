import assert from "node:assert/strict";
import { test } from "node:test";
import type { Ack } from "../../app/protocol/refusal.ts";
import type { ApiClient } from "./api-client.ts";
import { claimChat, redeemInvitation, useDeviceLink } from "./entry.ts";

const REFUSED: Ack<unknown> = { ok: false, error: { code: "not_found", message: "No.", retryable: false } };

/** An API and a session that record what is done to them. */
function recording(...acks: Ack<unknown>[]) {
	const calls: unknown[] = [];
	const api = (async (method: string, path: string, body?: unknown) => {
		calls.push(body === undefined ? [method, path] : [method, path, body]);
		return acks.shift() ?? { ok: true, data: {} };
	}) as ApiClient;
	const session = { restoreAgain: async () => void calls.push("restored") };
	return { api, session, calls };
}

test("O1 the signed-in user claims the chat; another one signs in first", async () => {
	const user = recording();
	assert.ok((await claimChat(user, "code")).ok);
	assert.deepEqual(user.calls, [["POST", "/api/claim", { code: "code" }], "restored"]);
	const stranger = recording();
	await claimChat(stranger, "code", "Ada");
	assert.deepEqual(stranger.calls[0], ["POST", "/api/session", { name: "Ada" }]);
	const refused = recording(REFUSED);
	assert.deepEqual(await claimChat(refused, "code"), REFUSED);
	assert.deepEqual(refused.calls.length, 1, "the session is as before");
});

test("I2 an invitation is used with a name in place of the session of a stranger", async () => {
	const stranger = recording();
	await redeemInvitation(stranger, "code", "Ben");
	assert.deepEqual(stranger.calls, [
		["DELETE", "/api/session"],
		["POST", "/api/invitations/redeem", { code: "code", name: "Ben" }],
		"restored",
	]);
	const user = recording({ ok: true, data: { room: "lobby" } });
	assert.deepEqual(await redeemInvitation(user, "code"), { ok: true, data: { room: "lobby" } });
	assert.deepEqual(user.calls[0], ["POST", "/api/invitations/redeem", { code: "code" }]);
	const refused = recording(REFUSED);
	assert.deepEqual(await redeemInvitation(refused, "code"), REFUSED);
	assert.deepEqual(refused.calls.length, 1);
});

test("K6 the link of another device signs in as its user, also in place of another one", async () => {
	const device = recording();
	assert.deepEqual(await useDeviceLink(device, "code"), { ok: true, data: {} });
	assert.deepEqual(device.calls, [["POST", "/api/session/code", { code: "code" }], "restored"]);
	const refused = recording(REFUSED);
	assert.deepEqual(await useDeviceLink(refused, "code"), REFUSED);
	assert.deepEqual(refused.calls.length, 1, "the session is as before");
});
