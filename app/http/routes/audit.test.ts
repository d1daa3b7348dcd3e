import assert from "node:assert/strict";
import { test } from "node:test";
import type { AuditEntry } from "../../room/ports/audit.ts";
import { ADMIN_TOKEN, startWithAdmin } from "../../testing/admin.ts";
import { refusalIn, testHttp } from "../../testing/http-app.ts";

test("A6 every action is in the audit log, newest first, with author, target, reason and time, and without secrets", async (t) => {
	const server = await startWithAdmin(t, { env: { LOAD_TOKEN: "the-load-token-of-the-tests" } });
	const { admin } = server;
	const ada = await server.client("ada");
	await ada.join("lobby");
	await ada.send("lobby", "the text that is removed");
	const user = ada.user.id;
	const began = Date.now();
	const acts = [
		await admin.delete("/api/rooms/lobby/messages/1?by=Eve&reason=rude"),
		await admin.post("/api/notice", { text: "x".repeat(300), by: "Eve" }),
		await admin.put("/api/closed-rooms/lobby?by=Eve"),
		await admin.delete("/api/closed-rooms/lobby"),
		await admin.post("/api/kicks", { user, room: "lobby", reason: "cool down" }),
		await admin.post("/api/bans", { user, addresses: true, by: "Eve" }),
		await admin.delete("/api/bans?address=127.0.0.1&reason=shared"),
		await admin.delete("/api/rooms/lobby?reason=over"),
	];
	assert.deepEqual(
		acts.map(({ status }) => status),
		[204, 204, 204, 204, 201, 201, 204, 204],
	);
	const { entries, more } = (await admin.get("/api/audit")).body;
	assert.equal(more, false);
	const actions = entries.map(({ id, createdAt, target: { until, ...target }, ...rest }: AuditEntry) => {
		assert.ok(createdAt >= began && createdAt <= Date.now() && id > 0);
		return { ...rest, ...target, ...(until && { lasts: Math.round((until - createdAt) / 60_000) }) };
	});
	assert.deepEqual(actions, [
		{ act: "remove_room", room: "lobby", reason: "over" },
		{ act: "unban", address: "127.0.0.1", name: "ada", reason: "shared" },
		{ act: "ban", address: "127.0.0.1", name: "ada", by: "Eve" },
		{ act: "ban", user, name: "ada", by: "Eve" },
		{ act: "kick", user, name: "ada", room: "lobby", lasts: 10, reason: "cool down" },
		{ act: "reopen_room", room: "lobby" },
		{ act: "close_room", room: "lobby", by: "Eve" },
		{ act: "notice", text: "x".repeat(200), by: "Eve" },
		{ act: "remove_message", room: "lobby", seq: 1, by: "Eve", reason: "rude" },
	]);
	const written = JSON.stringify(entries);
	for (const secret of [ADMIN_TOKEN, ada.session.token, "the-load-token", "the text that is removed"])
		assert.ok(!written.includes(secret), secret);

	const page = (await admin.get(`/api/audit?before=${entries[1].id}&limit=2`)).body;
	assert.deepEqual([page.entries, page.more], [entries.slice(2, 4), true]);
});

test("A6 calls without effect, and removals with the load token, are not in the audit log", async (t) => {
	const server = await startWithAdmin(t, { env: { LOAD_TOKEN: "the-load-token-of-the-tests" } });
	await server.store.open("load-1", 0);
	const headers = { "x-load-token": "the-load-token-of-the-tests" };
	assert.equal((await fetch(`${server.url}/api/rooms/load-1`, { method: "DELETE", headers })).status, 204);
	for (const path of ["/api/rooms/x", "/api/rooms/x/messages/1", "/api/bans?user=nobody", "/api/closed-rooms/x"])
		assert.equal((await server.admin.delete(path)).status, 404, path);
	assert.deepEqual((await server.admin.get("/api/audit")).body, { entries: [], more: false });
});

test("A6 an action whose entry can't be written has no effect", async (t) => {
	const server = await startWithAdmin(t);
	const ada = await server.client("ada");
	await ada.join("lobby");
	const enact = server.store.enact.bind(server.store);
	server.store.enact = (orders, audit) =>
		enact(
			orders,
			audit.map((entry) => ({ ...entry, createdAt: "never" as unknown as number })),
		);
	for (const [path, body] of [
		["/api/bans", { user: ada.user.id }],
		["/api/notice", { text: "hello" }],
	] as const)
		assert.ok((await server.admin.post(path, body)).status >= 500, path);
	await ada.send("lobby", "still here");
	assert.deepEqual(ada.received("server:notice"), []);
	assert.deepEqual((await server.store.activeModeration()).bans, []);
});

const ADMIN = { authorization: "Bearer admin" };
const CALLS: [method: string, path: string, body?: unknown][] = [
	["GET", "/api/rooms/lobby/members"],
	["DELETE", "/api/rooms/lobby/messages/1"],
	["PUT", "/api/rooms/lobby/pins/1"],
	["POST", "/api/notice", { text: "hello" }],
];
/** These are also for owners and moderators, and refuse everybody else in the same way with and without a token of the server. */
const SHARED_CALLS: typeof CALLS = [
	["POST", "/api/kicks", { user: "ada" }],
	["GET", "/api/bans"],
	["POST", "/api/bans", { user: "ada" }],
	["DELETE", "/api/bans?user=ada"],
	["GET", "/api/closed-rooms"],
	["PUT", "/api/closed-rooms/lobby"],
	["DELETE", "/api/closed-rooms/lobby"],
	["GET", "/api/audit"],
];

testHttp("A1 admin routes do not exist without ADMIN_TOKEN, and refuse a wrong token", async (open) => {
	const [none, set] = [await open(), await open({ adminToken: "admin", loadToken: "load" })];
	for (const [method, path, body] of [...CALLS, ...SHARED_CALLS]) {
		const isShared = SHARED_CALLS.some((shared) => shared[1] === path);
		const call = (app: typeof none, headers: Record<string, string>) =>
			app.request(path, {
				method,
				headers: { "content-type": "application/json", ...headers },
				...(body !== undefined && { body: JSON.stringify(body) }),
			});
		for (const headers of [{}, ADMIN, { authorization: "Bearer undefined" }])
			assert.equal((await call(none, headers)).status, isShared ? 401 : 404, path);
		for (const headers of [{}, { authorization: "Bearer wrong" }, { "x-load-token": "load" }]) {
			const response = await call(set, headers);
			assert.equal(response.status, 401, path);
			assert.equal((await refusalIn(response)).code, "unauthorized");
		}
		const elsewhere = { ...ADMIN, origin: "https://evil.example" };
		if (method !== "GET") assert.equal((await call(set, elsewhere)).status, 403, path);
		const { token } = await set.signIn("Ada");
		assert.equal((await call(set, { cookie: `session=${token}` })).status, isShared ? 403 : 401, path);
	}
	assert.deepEqual(await set.store.activeModeration(), { bans: [], closedRooms: [] });
	assert.deepEqual((await set.store.audit({ limit: 10 })).entries, []);
});

testHttp("E1 invalid input of an admin is refused with a sentence and the field, without effect", async (open) => {
	const app = await open({ adminToken: "admin" });
	const wrong: [path: string, body: object, field: string | undefined, says: RegExp][] = [
		["/api/kicks", {}, "user", /missing/],
		["/api/kicks", { user: "a b" }, "user", /by their id, which their messages carry/],
		["/api/kicks", { user: "ada", minutes: 0 }, "minutes", /whole number from 1 to 5256000/],
		["/api/kicks", { user: "ada", minutes: 1.5 }, "minutes", /whole number/],
		["/api/kicks", { user: "ada", minutes: "10" }, "minutes", /whole number/],
		["/api/kicks", { user: "ada", minute: 10 }, "minute", /ADMIN\.md lists, and no others/],
		["/api/kicks", { user: "ada", room: " " }, "room", /visible character/],
		["/api/kicks", { user: "ada", reason: "a\nb" }, "reason", /one line/],
		["/api/kicks", { user: "ada", by: "x".repeat(65) }, "by", /at most 64/],
		["/api/bans", {}, undefined, /either a user or an address/],
		["/api/bans", { user: "ada", address: "192.0.2.1" }, undefined, /either a user or an address/],
		["/api/bans", { address: "192.0.2.1", room: "lobby" }, undefined, /Only a user can be banned from a room/],
		["/api/bans", { address: "192.0.2.1", addresses: true }, undefined, /banned with a user/],
		["/api/bans", { user: "ada", addresses: true, room: "lobby" }, undefined, /from the whole chat/],
		["/api/bans", { user: "ada", addresses: "yes" }, "addresses", /true or false/],
		["/api/bans", { address: "example.org" }, "address", /an IPv4 or IPv6 address/],
		["/api/bans", { address: "192.0.2.0/24" }, "address", /an IPv4 or IPv6 address/],
		["/api/bans", { address: "2001:db8::/32" }, "address", /an IPv4 or IPv6 address/],
		["/api/bans", { address: "unknown" }, "address", /an IPv4 or IPv6 address/],
	];
	for (const [path, body, field, says] of wrong) {
		const response = await app.post(path, body, ADMIN);
		const error = await refusalIn(response);
		assert.match(error.message, says, JSON.stringify(body));
		assert.equal(error.field, field, JSON.stringify(body));
		assert.equal(response.status, error.code === "too_long" ? 413 : 400);
	}
	for (const [method, path, field] of [
		["GET", "/api/audit?before=0", "before"],
		["GET", "/api/audit?before=x", "before"],
		["GET", "/api/audit?limit=1001", "limit"],
		["GET", "/api/audit?from=1", "from"],
		["GET", "/api/bans?offset=-1", "offset"],
		["GET", "/api/bans?limit=0", "limit"],
		["DELETE", "/api/bans?user=%00", "user"],
		["DELETE", "/api/bans?address=x", "address"],
		["DELETE", "/api/bans", undefined],
		["PUT", "/api/closed-rooms/%00", "room"],
		["PUT", "/api/closed-rooms/lobby?why=x", "why"],
		["GET", "/api/rooms/%20/members", "room"],
	] as const) {
		const response = await app.request(path, { method, headers: ADMIN });
		assert.equal(response.status, 400, path);
		assert.equal((await refusalIn(response)).field, field, path);
	}
	assert.deepEqual(await app.store.activeModeration(), { bans: [], closedRooms: [] });
});
