import assert from "node:assert/strict";
import { test } from "node:test";
import type { Ack } from "../../app/protocol/refusal.ts";
import type { ApiClient } from "./api-client.ts";
import { createOwnDevices } from "./own-devices.ts";

const PASSKEY = { id: "one", device: "Firefox on Linux", createdAt: 1 };
const SESSION = { id: "s", device: "Firefox on Linux", createdAt: 1, current: true };

/** An API that knows one passkey and one session, and that gives other requests the next of `acks`. */
function withApi(...acks: Ack<unknown>[]) {
	const calls: string[] = [];
	const api = (async (method: string, path: string) => {
		calls.push(`${method} ${path}`);
		if (method === "GET" && path === "/api/passkeys")
			return { ok: true, data: { passkeys: [PASSKEY], recoveryCodes: 8 } };
		if (method === "GET") return { ok: true, data: { sessions: [SESSION] } };
		return acks.shift() ?? { ok: true, data: {} };
	}) as ApiClient;
	return { model: createOwnDevices(api), calls };
}

test("K5 new recovery codes are shown until they are put away", async () => {
	const { model } = withApi({ ok: true, data: { recoveryCodes: ["c"] } });
	await model.add(async () => ({ ok: true, data: { ...PASSKEY, recoveryCodes: ["a", "b"] } }));
	assert.deepEqual([model.newCodes.value, model.passkeys.value?.passkeys], [["a", "b"], [PASSKEY]]);
	model.forgetCodes();
	assert.equal(model.newCodes.value, undefined);
	await model.add(async () => ({ ok: true, data: PASSKEY }));
	assert.equal(model.newCodes.value, undefined, "a second passkey has none");
	await model.renewCodes();
	assert.deepEqual(model.newCodes.value, ["c"]);
});

test("a refusal is shown, and goes with the next success", async () => {
	const refused = { ok: false, error: { code: "forbidden", message: "No.", retryable: false } } as const;
	const { model, calls } = withApi(refused);
	await model.remove("one");
	assert.deepEqual([model.problem.value, calls], ["No.", ["DELETE /api/passkeys/one"]]);
	await model.remove("one");
	assert.equal(model.problem.value, "");
});

test("K7 one session, or all others, are signed out; a link that was shown is gone", async () => {
	const { model, calls } = withApi({ ok: true, data: { code: "c", url: "u", expiresAt: 1 } });
	await model.createLink();
	assert.equal(model.link.value?.url, "u");
	await model.end("s");
	await model.end();
	assert.deepEqual(
		calls.filter((call) => call.startsWith("DELETE")),
		["DELETE /api/sessions/s", "DELETE /api/sessions"],
	);
	assert.equal(model.link.value, undefined);
	assert.deepEqual(model.sessions.value, [SESSION]);
});
