import assert from "node:assert/strict";
import { SESSION_MS } from "../../room/ports/sessions.ts";
import { StoreUnavailable } from "../../room/ports/store.ts";
import { refusalIn, testHttp } from "../../testing/http-app.ts";

function cookieOf(response: Response): { value: string; attributes: string[] } {
	const [pair = "", ...attributes] = (response.headers.get("set-cookie") ?? "").split("; ");
	return { value: pair.replace(/^(__Host-)?session=/, ""), attributes: attributes.sort() };
}

testHttp("S1 signing in gives a user, a token and the cookie", async (open) => {
	const app = await open();
	const response = await app.post("/api/session", { name: "  Ada\t Lovelace " });
	assert.equal(response.status, 201);
	const { user, token, ...more } = await response.json();
	assert.equal(user.name, "Ada Lovelace");
	assert.match(user.id, /^[\w-]{12}$/);
	assert.deepEqual(more, {});
	const cookie = cookieOf(response);
	assert.equal(cookie.value, token);
	const [httpOnly, maxAge = "", ...others] = cookie.attributes;
	assert.deepEqual([httpOnly, ...others], ["HttpOnly", "Path=/", "SameSite=Lax"]);
	assert.ok(Math.abs(Number(maxAge.replace("Max-Age=", "")) - SESSION_MS / 1_000) < 60, maxAge);
	assert.equal(response.headers.get("cache-control"), "no-store");
});

testHttp(
	"S1 over https, also as a trusted proxy reports it, the cookie is Secure and of this host only",
	async (open) => {
		const https = { "x-forwarded-proto": "https" };
		const behindProxy = await open({ trustProxy: 1 });
		const secure = await behindProxy.post("/api/session", { name: "Ada" }, https);
		assert.match(secure.headers.getSetCookie()[0]!, /^__Host-session=/);
		assert.ok(cookieOf(secure).attributes.includes("Secure"));
		const inFront = await open();
		const plain = await inFront.post("/api/session", { name: "Ada" }, https);
		assert.match(plain.headers.getSetCookie()[0]!, /^session=/);
		assert.ok(!cookieOf(plain).attributes.includes("Secure"));
	},
);

testHttp("S2 S3 on https a session of either cookie counts, and signing out deletes both", async (open) => {
	const app = await open({ trustProxy: 1 });
	const { token } = await app.signIn("Ada");
	const https = { "x-forwarded-proto": "https" };
	for (const cookie of [`session=${token}`, `session=another.program.s; __Host-session=${token}`])
		assert.equal((await app.request("/api/session", { headers: { ...https, cookie } })).status, 200, cookie);
	const headers = { ...https, cookie: `__Host-session=${token}` };
	const signedOut = await app.request("/api/session", { method: "DELETE", headers });
	const names = signedOut.headers.getSetCookie().map((line) => line.split("=")[0]);
	assert.deepEqual(names, ["__Host-session", "session"]);
});

testHttp("S1 an invalid name is refused, with its field", async (open) => {
	const app = await open();
	for (const [name, code] of [
		["", "bad_request"],
		["   ", "bad_request"],
		["\u200b\u2060", "bad_request"],
		["Frak", "bad_request"],
		["\ufdfa".repeat(32), "too_long"],
		["Ada\u0000", "bad_request"],
		["Ada\u001b[2J", "bad_request"],
		["Ada\u202egnirts", "bad_request"],
		["Ada\u2066", "bad_request"],
		["x".repeat(33), "too_long"],
		["x".repeat(10_000), "too_long"],
		[7, "bad_request"],
		[null, "bad_request"],
		[["Ada"], "bad_request"],
		[{ toString: "Ada" }, "bad_request"],
	] as const) {
		const response = await app.post("/api/session", { name });
		assert.equal(response.status, code === "too_long" ? 413 : 400, JSON.stringify(name));
		const error = await refusalIn(response);
		assert.equal(error.code, code);
		assert.equal(error.field, "name");
		assert.equal(response.headers.get("set-cookie"), null);
	}
});

testHttp("S1 names of prototype properties are names like any other", async (open) => {
	const app = await open();
	for (const name of ["__proto__", "constructor", "hasOwnProperty", "toString"]) {
		const { user, token } = await app.signIn(name);
		assert.equal(user.name, name);
		const me = await app.request("/api/session", { headers: { authorization: `Bearer ${token}` } });
		assert.deepEqual(await me.json(), { user, access: "open" });
	}
});

testHttp("S1 sign-ins are limited per address, and the load token lifts the limit", async (open) => {
	const app = await open({ signIns: { perSecond: 0.01, burst: 2 }, loadToken: "load", adminToken: "admin" });
	for (const name of ["Ada", "Ben"]) assert.equal((await app.post("/api/session", { name })).status, 201);
	const response = await app.post("/api/session", { name: "Cy" });
	assert.equal(response.status, 429);
	const { code, retryAfterMs } = await refusalIn(response);
	assert.equal(code, "rate_limited");
	assert.equal(Number(response.headers.get("retry-after")), Math.ceil(retryAfterMs! / 1_000));
	assert.deepEqual(app.recorded.refused, ["rate_limited"]);
	assert.equal((await app.post("/api/session", { name: "Cy" }, { "x-load-token": "wrong" })).status, 429);
	assert.equal((await app.post("/api/session", { name: "Cy" }, { authorization: "Bearer admin" })).status, 429);
	assert.equal((await app.post("/api/session", { name: "Cy" }, { "x-load-token": "load" })).status, 201);
});

testHttp("S1 addresses behind a trusted proxy are counted separately", async (open) => {
	const app = await open({ signIns: { perSecond: 0.01, burst: 1 }, trustProxy: 1 });
	const from = (address: string) => app.post("/api/session", { name: "Ada" }, { "x-forwarded-for": address });
	assert.equal((await from("203.0.113.1")).status, 201);
	assert.equal((await from("203.0.113.2")).status, 201);
	assert.equal((await from("203.0.113.1")).status, 429);
	assert.equal((await from("198.51.100.7, 203.0.113.1")).status, 429);
});

testHttp("S2 the cookie or the bearer token identifies the user", async (open) => {
	const app = await open();
	const { user, token } = await app.signIn("Ada");
	for (const headers of [
		{ cookie: `other=1; session=${token}` },
		{ cookie: `session=another.program.s; session=${token}` },
		{ authorization: `Bearer ${token}` },
	]) {
		const response = await app.request("/api/session", { headers });
		assert.equal(response.status, 200);
		assert.deepEqual(await response.json(), { user, access: "open" });
	}
});

testHttp("S2 without a session the request is refused", async (open) => {
	const app = await open();
	const { token } = await app.signIn("Ada");
	for (const headers of [
		{},
		{ cookie: "session=" },
		{ cookie: "session=%" },
		{ cookie: `session=${token}x` },
		{ cookie: `Session=${token}` },
		{ authorization: "Bearer x", cookie: `session=${token}` },
		{ authorization: `Basic ${token}` },
	] as Record<string, string>[]) {
		const response = await app.request("/api/session", { headers });
		assert.equal(response.status, 401, JSON.stringify(headers));
		assert.equal((await refusalIn(response)).code, "unauthorized");
	}
});

testHttp("S3 signing out ends the session, its sockets and the cookie", async (open) => {
	const app = await open();
	const { token } = await app.signIn("Ada");
	const headers = { cookie: `session=${token}` };
	const response = await app.request("/api/session", { method: "DELETE", headers });
	assert.equal(response.status, 204);
	assert.deepEqual([cookieOf(response).value, cookieOf(response).attributes.includes("Max-Age=0")], ["", true]);
	assert.deepEqual(app.recorded.revoked, [token.split(".")[0]]);
	assert.deepEqual(await app.store.revokedSessions(), app.recorded.revoked);
	assert.equal((await app.request("/api/session", { headers })).status, 401);
	// A repeat succeeds too.
	assert.equal((await app.request("/api/session", { method: "DELETE", headers })).status, 204);
	assert.equal(app.recorded.revoked.length, 1);
});

testHttp("S3 a sign-out that can't be stored ends nothing and can be repeated", async (open) => {
	const app = await open();
	const { token } = await app.signIn("Ada");
	const headers = { cookie: `session=${token}` };
	const revoke = app.store.revokeSession;
	app.store.revokeSession = () => Promise.reject(new StoreUnavailable("disk full"));
	const response = await app.request("/api/session", { method: "DELETE", headers });
	assert.equal(response.status, 503);
	assert.equal((await refusalIn(response)).code, "unavailable");
	assert.deepEqual([response.headers.get("set-cookie"), app.recorded.revoked.length], [null, 0]);
	app.store.revokeSession = revoke;
	assert.equal((await app.request("/api/session", { method: "DELETE", headers })).status, 204);
	// The failure is logged.
	const requests = app.recorded.errors.map((one) => (one as { request: string }).request);
	assert.deepEqual(requests, ["DELETE /api/session"]);
});

testHttp("S4 another site's page can't sign a user in or out", async (open) => {
	const app = await open();
	const { token } = await app.signIn("Ada");
	for (const origin of ["https://evil.example", "null"]) {
		const signedIn = await app.post("/api/session", { name: "Eve" }, { origin });
		assert.deepEqual([signedIn.status, (await refusalIn(signedIn)).code], [403, "forbidden"]);
		const headers = { origin, cookie: `session=${token}` };
		assert.equal((await app.request("/api/session", { method: "DELETE", headers })).status, 403);
	}
	assert.deepEqual(app.recorded.revoked, []);
	assert.equal((await app.post("/api/session", { name: "Ada" }, { origin: app.origin })).status, 201);
});
