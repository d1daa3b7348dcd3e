import assert from "node:assert/strict";
import { test } from "node:test";
import { requestTrust } from "./request-trust.ts";

const socket = { remoteAddress: "198.51.100.7" };

test("headers of a proxy and the load token count only as far as the settings say", () => {
	const request = { socket, headers: { "x-forwarded-for": "192.0.2.1", "x-load-token": "load" } };
	const none = requestTrust({ trustProxy: undefined, publicOrigins: [], loadToken: undefined });
	assert.deepEqual([none.addressOf(request), none.hasLoadToken(request)], ["198.51.100.7", false]);
	const all = requestTrust({ trustProxy: 1, publicOrigins: [], loadToken: "load" });
	assert.deepEqual([all.addressOf(request), all.hasLoadToken(request)], ["192.0.2.1", true]);
});

test("S4 the origin is that of the settings", () => {
	const trust = requestTrust({ trustProxy: undefined, publicOrigins: ["https://chat.example"], loadToken: undefined });
	assert.ok(trust.isOwnOrigin({ socket, headers: { origin: "https://chat.example" } }));
	assert.ok(!trust.isOwnOrigin({ socket, headers: { origin: "https://other.example" } }));
});
