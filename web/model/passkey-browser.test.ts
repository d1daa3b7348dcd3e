import assert from "node:assert/strict";
import { test } from "node:test";
import type { ApiClient } from "./api-client.ts";
import { addPasskey, type PasskeyBrowser, passkeyObstacle, signInWithPasskey } from "./passkey-browser.ts";

type Credentials = PasskeyBrowser["navigator"]["credentials"];

/** A browser whose credentials are what `ask` gives. */
function browserWith(ask: () => Promise<unknown>, rest: Partial<PasskeyBrowser> = {}): PasskeyBrowser {
	const parse = (options: object) => ({ parsed: options });
	return {
		isSecureContext: true,
		location: { hostname: "chat.example" },
		PublicKeyCredential: { parseCreationOptionsFromJSON: parse, parseRequestOptionsFromJSON: parse } as never,
		navigator: { credentials: { create: ask, get: ask } as Credentials },
		...rest,
	};
}

const CREDENTIAL = { toJSON: () => ({ id: "one" }) };

/** An API that records what is requested. */
function recording() {
	const calls: unknown[] = [];
	const api = (async (method: string, path: string, body?: unknown) => {
		calls.push(body === undefined ? [method, path] : [method, path, body]);
		return { ok: true, data: { challenge: "c" } };
	}) as ApiClient;
	return { api, calls };
}

test("K1 a passkey is created with the server's options and added", async () => {
	const { api, calls } = recording();
	assert.ok(
		(
			await addPasskey(
				api,
				browserWith(async () => CREDENTIAL),
			)
		).ok,
	);
	assert.deepEqual(calls, [
		["POST", "/api/passkeys/options"],
		["POST", "/api/passkeys", { credential: { id: "one" } }],
	]);
});

test("K3 a passkey signs in", async () => {
	const { api, calls } = recording();
	assert.ok(
		(
			await signInWithPasskey(
				api,
				browserWith(async () => CREDENTIAL),
			)
		).ok,
	);
	assert.deepEqual(calls.at(-1), ["POST", "/api/session/passkey", { credential: { id: "one" } }]);
});

test("a refusal of the browser is a sentence, and nothing is sent", async () => {
	for (const [name, sentence] of [
		["NotAllowedError", /window was closed/],
		["InvalidStateError", /has a passkey of yours/],
		["SecurityError", /main address/],
		["Error", /window was closed/],
	] as const) {
		const { api, calls } = recording();
		const added = await addPasskey(
			api,
			browserWith(() => Promise.reject(Object.assign(new Error("raw"), { name }))),
		);
		assert.ok(!added.ok);
		assert.match(added.error.message, sentence);
		assert.equal(calls.length, 1);
	}
	const none = await signInWithPasskey(
		recording().api,
		browserWith(async () => null),
	);
	assert.equal(none.ok, false);
});

test("without https, with a number as the address and in old browsers there are no passkeys, and a reason", () => {
	const obstacle = (rest: Partial<PasskeyBrowser>) => passkeyObstacle(browserWith(async () => null, rest));
	assert.equal(obstacle({}), undefined);
	assert.equal(obstacle({ location: { hostname: "localhost" } }), undefined);
	assert.match(obstacle({ isSecureContext: false }) ?? "", /https/);
	for (const hostname of ["127.0.0.1", "[::1]"]) assert.match(obstacle({ location: { hostname } }) ?? "", /localhost/);
	assert.match(obstacle({ PublicKeyCredential: {} as never }) ?? "", /too old/);
});
