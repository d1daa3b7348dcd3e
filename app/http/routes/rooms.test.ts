import assert from "node:assert/strict";
import { once } from "node:events";
import { type IncomingMessage, request } from "node:http";
import { test } from "node:test";
import { ADMIN_TOKEN, startWithAdmin } from "../../testing/admin.ts";
import { startServer } from "../../testing/harness.ts";
import { type HttpApp, refusalIn, testHttp } from "../../testing/http-app.ts";

const ADMIN = { authorization: "Bearer admin" };

/** Appends a message of a user who has left. */
async function say(app: HttpApp, room: string, body: string): Promise<number> {
	const author = { id: "abcdefghijkl", name: "Ada" };
	const message = { kind: "message", room, author, clientId: crypto.randomUUID(), content: { body } } as const;
	const [result] = await app.store.append([{ ...message, createdAt: Date.now() }]);
	assert.ok(result?.outcome === "appended");
	return result.entry.seq;
}

function remove(app: HttpApp, path: string, headers: Record<string, string> = {}): Promise<Response> {
	return app.request(path, { method: "DELETE", headers });
}

testHttp("R3 the list of rooms is for signed-in users", async (open) => {
	const app = await open({ adminToken: "admin" });
	await say(app, "lobby", "hello");
	for (const headers of [{}, ADMIN, { cookie: "session=x" }] as Record<string, string>[])
		assert.equal((await app.request("/api/rooms", { headers })).status, 401);
	const { token } = await app.signIn("Ada");
	const response = await app.request("/api/rooms", { headers: { cookie: `session=${token}` } });
	assert.equal(response.status, 200);
	const { rooms, ...more } = await response.json();
	assert.deepEqual(more, {});
	assert.deepEqual(
		rooms.map(({ room, present }: { room: string; present: number }) => [room, present]),
		[["lobby", 0]],
	);
});

testHttp("M6 a removed message is gone from history", async (open) => {
	const app = await open({ adminToken: "admin" });
	const seq = await say(app, "lobby", "a secret");
	await say(app, "lobby", "and an answer");
	const response = await remove(app, `/api/rooms/lobby/messages/${seq}`, ADMIN);
	assert.equal(response.status, 204);
	const { messages } = await app.store.history("lobby", { limit: 10 });
	assert.deepEqual(
		messages.map(({ body }) => body),
		["and an answer"],
	);
	// Removing it again changes nothing.
	assert.equal((await remove(app, `/api/rooms/lobby/messages/${seq}`, ADMIN)).status, 204);
});

testHttp("M6 a message that does not exist can't be removed", async (open) => {
	const app = await open({ adminToken: "admin" });
	await say(app, "lobby", "hello");
	assert.equal((await remove(app, "/api/rooms/lobby/messages/2", ADMIN)).status, 404);
	for (const seq of ["0", "-1", "1.5", "1e2", "abc", "9".repeat(20), "%00", "__proto__"]) {
		const response = await remove(app, `/api/rooms/lobby/messages/${seq}`, ADMIN);
		assert.equal(response.status, 400, seq);
		assert.equal((await refusalIn(response)).field, "seq");
	}
	assert.equal((await app.store.history("lobby", { limit: 10 })).messages.length, 1);
});

testHttp("the admin routes do not exist without ADMIN_TOKEN, and refuse a wrong token", async (open) => {
	const paths = ["/api/rooms/lobby/messages/1", "/api/rooms/lobby"];
	const [none, set] = [await open(), await open({ adminToken: "admin" })];
	await say(set, "lobby", "hello");
	for (const path of paths) {
		for (const headers of [{}, ADMIN, { authorization: "Bearer undefined" }] as Record<string, string>[])
			assert.equal((await remove(none, path, headers)).status, 404, path);
		for (const headers of [{}, { authorization: "Bearer wrong" }, { "x-load-token": "admin" }] as Record<
			string,
			string
		>[]) {
			const response = await remove(set, path, headers);
			assert.equal(response.status, 401, path);
			assert.equal((await refusalIn(response)).code, "unauthorized");
		}
		assert.equal((await remove(set, path, { ...ADMIN, origin: "https://evil.example" })).status, 403, path);
	}
	assert.equal((await set.store.history("lobby", { limit: 10 })).messages.length, 1);
});

testHttp("a room is removed with all its messages", async (open) => {
	const app = await open({ adminToken: "admin" });
	for (const room of ["lobby", "a/b ?#%", "__proto__"]) {
		await say(app, room, "hello");
		const path = `/api/rooms/${encodeURIComponent(room)}`;
		assert.equal((await remove(app, path, ADMIN)).status, 204, room);
		assert.equal((await remove(app, path, ADMIN)).status, 404, room);
	}
	assert.deepEqual(await app.store.rooms(10), []);
});

test("R1 rooms whose names are dots are removed, closed and moderated as others", async (t) => {
	const { url, client, admin } = await startWithAdmin(t);
	const { port, hostname } = new URL(url);
	/** Node's `fetch` and `URL` would change the path. */
	async function raw(path: string, method: string): Promise<number | undefined> {
		const sent = request({ hostname, port, path, method, headers: { authorization: `Bearer ${ADMIN_TOKEN}` } }).end();
		const [response] = (await once(sent, "response")) as [IncomingMessage];
		response.resume();
		return response.statusCode;
	}
	for (const room of [".", ".."]) {
		for (const path of [room, room.replaceAll(".", "%2E"), room.replaceAll(".", "%2e")]) {
			// The removal of a room disconnects its members.
			const ada = await client(`Ada ${path}`);
			await ada.join(room);
			const { seq } = await ada.send(room, "Hello");
			assert.equal(await raw(`/api/rooms/${path}/messages/${seq}`, "DELETE"), 204, path);
			assert.equal(await raw(`/api/closed-rooms/${path}?reason=/..`, "PUT"), 204, path);
			assert.equal(await raw(`/api/closed-rooms/${path}`, "DELETE"), 204, path);
			assert.equal(await raw(`/api/rooms/${path}`, "DELETE"), 204, path);
		}
		await (await client(`Ben ${room}`)).join(room);
		// For clients that take dots for steps.
		assert.equal((await admin.get(`/api/rooms/${room}%20/members`)).body.members.length, 1);
	}
	assert.match(JSON.stringify((await admin.get("/api/audit?limit=100")).body), /"\/\.\."/, "a query stays as it is");
});

testHttp("R1 a room is found by any spelling of its name", async (open) => {
	const app = await open({ adminToken: "admin" });
	await say(app, "straße", "hello");
	assert.equal((await remove(app, `/api/rooms/${encodeURIComponent("x".repeat(65))}`, ADMIN)).status, 413);
	for (const room of ["%00", "%E2%80%AE", "%20"])
		assert.equal((await remove(app, `/api/rooms/${room}`, ADMIN)).status, 400, room);
	assert.equal((await remove(app, `/api/rooms/${encodeURIComponent(" Lobby ")}`, ADMIN)).status, 404);
	await say(app, "lobby", "hello");
	assert.equal((await remove(app, `/api/rooms/${encodeURIComponent(" LOBBY ")}`, ADMIN)).status, 204);
});

testHttp("the load token removes the load harness's rooms and nothing else", async (open) => {
	const app = await open({ adminToken: "admin", loadToken: "load" });
	const LOAD = { "x-load-token": "load" };
	for (const room of ["load-1", "lobby", "payload-1"]) await say(app, room, "hello");
	assert.equal((await remove(app, "/api/rooms/load-1", { "x-load-token": "wrong" })).status, 401);
	assert.equal((await remove(app, "/api/rooms/LOAD-1", LOAD)).status, 204);
	for (const room of ["lobby", "payload-1", "%20%20lobby"]) {
		const response = await remove(app, `/api/rooms/${room}`, LOAD);
		assert.equal(response.status, 403, room);
		assert.equal((await refusalIn(response)).field, "room");
	}
	assert.equal((await remove(app, "/api/rooms/load-1/messages/1", LOAD)).status, 401);
	assert.equal((await remove(await open({ loadToken: "load" }), "/api/rooms/lobby", LOAD)).status, 403);
	assert.deepEqual((await app.store.rooms(10)).map(({ room }) => room).sort(), ["lobby", "payload-1"]);
});

test("L1 requests for the list of rooms are limited per user", async (t) => {
	const server = await startServer(t, { env: { LIMIT_LISTS_PER_S: "0.1", LIMIT_LISTS_BURST: "3" } });
	const [ada, ben] = [await server.signIn("ada"), await server.signIn("ben")];
	const list = (token: string) => fetch(`${server.url}/api/rooms`, { headers: { cookie: `session=${token}` } });
	for (let i = 0; i < 3; i++) assert.equal((await list(ada.token)).status, 200);
	const response = await list(ada.token);
	assert.equal(response.status, 429);
	const { code, retryAfterMs = 0 } = await refusalIn(response);
	assert.equal(code, "rate_limited");
	assert.ok(retryAfterMs > 0 && retryAfterMs <= 10_000, `${retryAfterMs}`);
	assert.equal((await list(ben.token)).status, 200);
});

testHttp("C5 A6 an admin pins and unpins a message", async (open) => {
	const app = await open({ adminToken: "admin" });
	const seq = await say(app, "lobby", "the rules");
	const pin = (method: string, path: string, headers = ADMIN) => app.request(path, { method, headers });
	assert.equal((await pin("PUT", `/api/rooms/lobby/pins/${seq}?by=Eve`)).status, 204);
	assert.equal((await pin("PUT", `/api/rooms/lobby/pins/${seq}`)).status, 204);
	const pinned = await app.store.history("lobby", { limit: 10, pinned: true });
	assert.deepEqual(
		pinned.messages.map((message) => [message.body, message.pinned]),
		[["the rules", true]],
	);
	assert.equal((await pin("DELETE", `/api/rooms/lobby/pins/${seq}`)).status, 204);
	assert.deepEqual((await app.store.history("lobby", { limit: 10, pinned: true })).messages, []);
	assert.equal((await pin("PUT", "/api/rooms/lobby/pins/9")).status, 404);
	assert.equal((await pin("PUT", "/api/rooms/lobby/pins/x")).status, 400);
	assert.equal((await pin("PUT", `/api/rooms/lobby/pins/${seq}`, { authorization: "Bearer guess" })).status, 401);
	const { entries } = await app.store.audit({ limit: 10 });
	assert.deepEqual(
		entries.map(({ act, by }) => [act, by]),
		[
			["unpin_message", undefined],
			["pin_message", "Eve"],
		],
	);
});
