import assert from "node:assert/strict";
import type { AddedPasskey } from "../protocol/passkeys.ts";
import type { SessionData } from "../protocol/session.ts";
import { Authenticator } from "./authenticator.ts";

const FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0";

type Server = { url: string };

/** Requests a route as Firefox on Linux does. */
export async function call(server: Server, method: string, path: string, body?: object, session?: SessionData) {
	const response = await fetch(server.url + path, {
		method,
		headers: {
			"user-agent": FIREFOX,
			...(session && { authorization: `Bearer ${session.token}` }),
			...(body && { "content-type": "application/json" }),
		},
		...(body && { body: JSON.stringify(body) }),
	});
	const text = await response.text();
	return { status: response.status, body: text === "" ? undefined : JSON.parse(text), headers: response.headers };
}

export function post(server: Server, path: string, body: object, session?: SessionData) {
	return call(server, "POST", path, body, session);
}

/** Adds a passkey of a new authenticator. */
export async function addPasskey(server: Server, session: SessionData, origin = server.url) {
	const authenticator = new Authenticator(origin);
	const options = await post(server, "/api/passkeys/options", {}, session);
	assert.equal(options.status, 200);
	const added = await post(server, "/api/passkeys", { credential: authenticator.create(options.body) }, session);
	return { authenticator, options: options.body, added, passkey: added.body as AddedPasskey };
}

export async function signInWith(server: Server, authenticator: Authenticator) {
	const options = await post(server, "/api/session/passkey/options", {});
	return post(server, "/api/session/passkey", { credential: authenticator.get(options.body) });
}
