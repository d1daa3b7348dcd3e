/** Tries each request of the table "Who may do what" in PROTOCOL.md with each role at each access. */
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { ACCESS_LEVELS, type Access, ROLES } from "../protocol/people.ts";
import type { Refusal } from "../protocol/refusal.ts";
import type { SessionData } from "../protocol/session.ts";
import { handshakeRefusal } from "../testing/handshake.ts";
import { startServer, type TestServer } from "../testing/harness.ts";

const ACTORS = ["no session", "stranger", ...ROLES, "banned"] as const;
type Actor = (typeof ACTORS)[number];
/** What came of a request: "yes", or the code of its refusal. */
type Outcome = string;
type Trial = (server: TestServer, session: SessionData, target: Target) => Promise<Outcome>;
/** A message and a user that each trial may change, and the access that it may set again. */
type Target = { seq: number; user: string; access: Access };

const NONE: SessionData = { user: { id: "", name: "" }, token: "" };

function call(method: string, path: (target: Target) => string, body?: (target: Target) => object): Trial {
	return async (server, { token }, target) => {
		const response = await fetch(server.url + path(target), {
			method,
			headers: { cookie: `session=${token}`, ...(body && { "content-type": "application/json" }) },
			...(body && { body: JSON.stringify(body(target)) }),
		});
		const text = await response.text();
		return response.ok ? "yes" : (JSON.parse(text).error as Refusal).code;
	};
}

/** A wrong code, or an id of nothing, shows that the route is open: with the right one, later trials would differ. */
function withWrong(method: string, path: string, body?: object): Trial {
	const trial = call(method, () => path, body && (() => body));
	return async (...args) => {
		const outcome = await trial(...args);
		return outcome === "not_found" || outcome === "bad_request" ? "yes" : outcome;
	};
}

const withCode = (path: string) => withWrong("POST", path, { code: "wrong", name: "Eve" });

function event(name: string, payload: (target: Target) => object): Trial {
	return async (server, session, target) => {
		const refusal = await handshakeRefusal(server, session);
		if (refusal) return refusal.code;
		const client = await server.connect(session);
		await client.join("lobby");
		const ack = await client.request(name, { room: "lobby", clientId: randomUUID(), ...payload(target) });
		client.close();
		return ack.ok ? "yes" : ack.error.code;
	};
}

const TRIALS: Record<string, Trial> = {
	connection: async (server, session) => (await handshakeRefusal(server, session))?.code ?? "yes",
	"`GET /api/session`": call("GET", () => "/api/session"),
	"`PUT /api/session`": call(
		"PUT",
		() => "/api/session",
		() => ({ name: `Eve ${randomUUID().slice(0, 8)}` }),
	),
	"`GET /api/rooms`": call("GET", () => "/api/rooms"),
	"`room:join`, `message:send`": event("message:send", () => ({ body: "hello" })),
	"`message:remove` of others": event("message:remove", ({ seq }) => ({ target: seq })),
	"`pin:set`": event("pin:set", ({ seq }) => ({ target: seq, on: true })),
	"`POST /api/invitations`": call(
		"POST",
		() => "/api/invitations",
		() => ({}),
	),
	"`GET /api/invitations`": call("GET", () => "/api/invitations"),
	"`DELETE /api/invitations/:id`": async (server, session, target) => {
		const created = await server.chat.invitations.create("admin", {});
		assert.ok(created.ok);
		return call("DELETE", () => `/api/invitations/${created.data.id}`)(server, session, target);
	},
	"`GET /api/people`": call("GET", () => "/api/people"),
	"`PUT /api/people/:user`": call(
		"PUT",
		({ user }) => `/api/people/${user}`,
		() => ({ role: "member" }),
	),
	"`DELETE /api/people/:user`": call("DELETE", ({ user }) => `/api/people/${user}`),
	"`PUT /api/access`": call(
		"PUT",
		() => "/api/access",
		({ access }) => ({ access }),
	),
	"`GET /api/bans`": call("GET", () => "/api/bans"),
	"`POST /api/bans`": call(
		"POST",
		() => "/api/bans",
		({ user }) => ({ user }),
	),
	"`DELETE /api/bans`": withWrong("DELETE", "/api/bans?user=nobody"),
	"`POST /api/kicks`": call(
		"POST",
		() => "/api/kicks",
		({ user }) => ({ user }),
	),
	"`GET /api/closed-rooms`": call("GET", () => "/api/closed-rooms"),
	"`PUT /api/closed-rooms/:room`": call("PUT", () => "/api/closed-rooms/attic"),
	"`DELETE /api/closed-rooms/:room`": withWrong("DELETE", "/api/closed-rooms/nowhere"),
	"`GET /api/reports`": call("GET", () => "/api/reports"),
	"`DELETE /api/reports/:id`": withWrong("DELETE", "/api/reports/999"),
	"`GET /api/audit`": call("GET", () => "/api/audit"),
	"`GET /api/headroom`": call("GET", () => "/api/headroom"),
	"`POST /api/claim`": withCode("/api/claim"),
	"`POST /api/invitations/redeem`": withCode("/api/invitations/redeem"),
	"`POST /api/session`": call(
		"POST",
		() => "/api/session",
		() => ({ name: "Eve" }),
	),
	"`POST /api/session/passkey/options`": call(
		"POST",
		() => "/api/session/passkey/options",
		() => ({}),
	),
	"`POST /api/session/passkey`": withWrong("POST", "/api/session/passkey", { credential: {} }),
	"`POST /api/session/code`": withCode("/api/session/code"),
	"`POST /api/session/link`": call(
		"POST",
		() => "/api/session/link",
		() => ({}),
	),
	"`GET /api/sessions`": call("GET", () => "/api/sessions"),
	"`DELETE /api/sessions`": call("DELETE", () => "/api/sessions"),
	"`DELETE /api/sessions/:id`": withWrong("DELETE", `/api/sessions/${"0".repeat(32)}`),
	"`GET /api/passkeys`": call("GET", () => "/api/passkeys"),
	"`POST /api/passkeys/options`": call(
		"POST",
		() => "/api/passkeys/options",
		() => ({}),
	),
	"`POST /api/passkeys`": withWrong("POST", "/api/passkeys", { credential: {} }),
	"`POST /api/passkeys/recovery-codes`": withWrong("POST", "/api/passkeys/recovery-codes", {}),
	"`DELETE /api/passkeys/:id`": withWrong("DELETE", "/api/passkeys/none"),
	"`GET /api/data`": call("GET", () => "/api/data"),
	"`DELETE /api/data`": withWrong("DELETE", "/api/data", { messages: "wrong" }),
	"`DELETE /api/session`": call("DELETE", () => "/api/session"),
};

/** Returns the outcomes of the table by request and actor. */
function tableOfProtocol(): Map<string, Map<string, Outcome>> {
	const text = readFileSync(new URL("../protocol/PROTOCOL.md", import.meta.url), "utf8");
	const [, section] = /## Who may do what\n([\s\S]*?)\n## /.exec(text) ?? [];
	const rows = (section ?? "").split("\n").filter((line) => line.startsWith("|"));
	const [[, ...actors] = [], , ...body] = rows.map((row) => row.slice(2, -2).split(" | "));
	return new Map(
		body.map(([request, ...outcomes]) => [request!, new Map(actors.map((actor, at) => [actor, outcomes[at]!]))]),
	);
}

/** Returns the column of the table for an actor: at some access a guest is a stranger, and the other way around. */
function columnOf(actor: Actor, access: Access): string {
	if (actor === "stranger" && access === "open") return "guest";
	return actor === "guest" && access === "members" ? "stranger" : actor;
}

async function sessionOf(server: TestServer, actor: Actor): Promise<SessionData> {
	if (actor === "no session") return NONE;
	const session = await server.signIn(actor);
	const { id: user } = session.user;
	const role = actor === "banned" ? "owner" : ROLES.find((known) => known === actor);
	if (role) await server.chat.roles.set("admin", { user, role });
	if (actor === "banned") await server.chat.moderation.ban({ user }, {});
	return session;
}

const TABLE = tableOfProtocol();

test("O2 the table of PROTOCOL.md has the requests and the roles that are tried", () => {
	assert.deepEqual([...TABLE.keys()], Object.keys(TRIALS));
	for (const outcomes of TABLE.values()) assert.deepEqual([...outcomes.keys()], [...ACTORS]);
});

for (const access of ACCESS_LEVELS)
	test(`O2 O4 who may do what where the access is ${access}`, async (t) => {
		const server = await startServer(t);
		const host = await server.client("host");
		await host.join("lobby");
		await server.chat.roles.set("admin", { user: host.user.id, role: "owner" });
		await server.chat.roles.setAccess("admin", access);
		for (const actor of ACTORS) {
			const session = await sessionOf(server, actor);
			const outcomes: Record<string, Outcome> = {};
			for (const [request, trial] of Object.entries(TRIALS)) {
				const { seq } = await host.send("lobby", "a message");
				const user = `target-${randomUUID().slice(0, 8)}`;
				await server.chat.roles.set("admin", { user, role: "guest" });
				outcomes[request] = await trial(server, session, { seq, user, access });
			}
			const column = columnOf(actor, access);
			const expected = [...TABLE].map(([request, of]) => [request, of.get(column)]);
			assert.deepEqual(outcomes, Object.fromEntries(expected), `${actor}, where the access is ${access}`);
		}
	});

for (const access of ["invited", "members"] as const)
	test(`O4 where the access is ${access}, every route looks the same to strangers, with a session or without`, async (t) => {
		const server = await startServer(t, { env: { ACCESS: access, ADMIN_TOKEN: "the-admin-of-the-test" } });
		const { token } = await server.signIn("eve");
		const seen = new Set<string>();
		for (const path of [
			"/api/rooms",
			"/api/people",
			"/api/audit",
			"/api/rooms/lobby/members",
			"/api/nothing",
			"/metrics",
		])
			for (const cookie of [`session=${token}`, "", "session=wrong"]) {
				const response = await fetch(server.url + path, { headers: { cookie } });
				seen.add(`${response.status} ${await response.text()}`);
			}
		assert.equal(seen.size, 1, [...seen].join("\n"));
		const session = await fetch(`${server.url}/api/session`, { headers: { cookie: `session=${token}` } });
		assert.deepEqual([session.status, (await session.json()).error.access], [401, access]);
		for (const path of ["/livez", "/readyz"]) assert.equal((await fetch(server.url + path)).status, 200);
	});
