import assert from "node:assert/strict";
import { test } from "node:test";
import { requestTrust } from "./request-trust.ts";

const socket = { remoteAddress: "198.51.100.7" };
const NOTHING = { trustProxy: undefined, publicOrigins: [], flyApp: undefined, loadToken: undefined };

test("headers of a proxy and the load token count only as far as the settings say", () => {
	const request = { socket, headers: { "x-forwarded-for": "192.0.2.1", "x-load-token": "load" } };
	const none = requestTrust(NOTHING);
	assert.deepEqual([none.addressOf(request), none.hasLoadToken(request)], ["198.51.100.7", false]);
	const all = requestTrust({ ...NOTHING, trustProxy: 1, loadToken: "load" });
	assert.deepEqual([all.addressOf(request), all.hasLoadToken(request)], ["192.0.2.1", true]);
});

test("S8 the host is that of the settings", () => {
	const trust = requestTrust({ ...NOTHING, publicOrigins: ["https://chat.example"], flyApp: "my-chat" });
	for (const host of ["chat.example", "my-chat.fly.dev"]) assert.ok(trust.isOwnHost({ socket, headers: { host } }));
	assert.ok(!trust.isOwnHost({ socket, headers: { host: "evil.example" } }));
});

test("S4 the origin is that of the settings", () => {
	const trust = requestTrust({ ...NOTHING, publicOrigins: ["https://chat.example"] });
	assert.ok(trust.isOwnOrigin({ socket, headers: { origin: "https://chat.example" } }));
	assert.ok(!trust.isOwnOrigin({ socket, headers: { origin: "https://other.example" } }));
});
