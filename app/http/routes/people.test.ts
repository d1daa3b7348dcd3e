import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { SessionData } from "../../protocol/session.ts";
import { claimCode } from "../../session/claim-code.ts";
import { ADMIN_TOKEN, startWithAdmin } from "../../testing/admin.ts";
import { TestClient } from "../../testing/client.ts";
import { startServer, TEST_SETTINGS, type TestServer } from "../../testing/harness.ts";

const LOAD_TOKEN = "the-load-token-of-the-tests";
const CODE = claimCode(TEST_SETTINGS.SESSION_SECRET);

async function call(server: TestServer, method: string, path: string, body?: object, session?: SessionData) {
	const response = await fetch(server.url + path, {
		method,
		headers: {
			...(session && { authorization: `Bearer ${session.token}` }),
			...(body && { "content-type": "application/json" }),
		},
		...(body && { body: JSON.stringify(body) }),
	});
	const text = await response.text();
	return { status: response.status, body: text === "" ? undefined : JSON.parse(text), headers: response.headers };
}

describe("the claim link", () => {
	test("O1 who opens it becomes the owner, once, and also where the chat is not open", async (t) => {
		const server = await startWithAdmin(t, { env: { ACCESS: "members" } });
		assert.deepEqual((await server.admin.get("/api/claim")).body, { url: `${server.url}/claim#${CODE}` });
		const [ada, ben] = [await server.signIn("ada"), await server.signIn("ben")];
		assert.equal((await call(server, "POST", "/api/claim", { code: CODE })).status, 401);
		assert.equal((await call(server, "POST", "/api/claim", { code: "wrong" }, ada)).status, 404);
		const claimed = await call(server, "POST", "/api/claim", { code: CODE }, ada);
		assert.deepEqual([claimed.status, claimed.body], [200, { user: { ...ada.user, role: "owner" } }]);
		const again = await call(server, "POST", "/api/claim", { code: CODE }, ben);
		assert.deepEqual(again.body, (await call(server, "POST", "/api/claim", { code: "wrong" }, ben)).body);
		const session = await call(server, "GET", "/api/session", undefined, ada);
		assert.deepEqual(session.body, { user: { ...ada.user, role: "owner" }, access: "members" });
		assert.equal((await server.admin.get("/api/claim")).status, 404);
		await server.connect(ada);
	});
});

describe("invitations", () => {
	test("I1 I3 a stranger comes in with one, and a client without a session signs in with it", async (t) => {
		const server = await startWithAdmin(t, { env: { ACCESS: "invited", PUBLIC_ORIGIN: "https://chat.example" } });
		const created = await server.admin.post("/api/invitations", { uses: 2, room: "Lobby" });
		assert.equal(created.status, 201);
		const { id, code, url } = created.body;
		assert.equal(url, `https://chat.example/#invite=${code}`);
		assert.equal((await call(server, "GET", `/api/invitations/redeem?code=${code}`)).status, 401, "a link preview");
		const redeemed = await call(server, "POST", "/api/invitations/redeem", { code, name: "Ada" });
		assert.equal(redeemed.status, 201);
		assert.equal(redeemed.body.room, "lobby");
		assert.match(redeemed.headers.getSetCookie()[0]!, /^session=.*HttpOnly; SameSite=Lax/);
		const ada = { user: redeemed.body.user, token: redeemed.body.token };
		await (await server.connect(ada)).join("lobby");
		const ben = await server.signIn("ben");
		const second = await call(server, "POST", "/api/invitations/redeem", { code }, ben);
		assert.deepEqual([second.status, second.body], [200, { room: "lobby" }]);
		const usedUp = await call(server, "POST", "/api/invitations/redeem", { code, name: "Cem" });
		const wrong = await call(server, "POST", "/api/invitations/redeem", { code: "wrong", name: "Cem" });
		assert.deepEqual([usedUp.status, usedUp.body], [wrong.status, wrong.body]);
		assert.deepEqual([usedUp.headers.getSetCookie(), usedUp.status], [[], 404]);
		const { body } = await server.admin.get("/api/invitations");
		assert.deepEqual(
			body.invitations.map(({ id: listed, used, usedBy }: Record<string, { name: string }[]>) => [
				listed,
				used,
				usedBy!.map(({ name }) => name),
			]),
			[[id, 2, ["ben", "Ada"]]],
		);
		assert.equal((await server.admin.delete(`/api/invitations/${id}`)).status, 204);
		assert.equal((await server.admin.delete(`/api/invitations/${id}`)).status, 404);
	});

	test("A2 a banned person does not redeem an invitation, and does not use it up", async (t) => {
		const server = await startWithAdmin(t, { env: { ACCESS: "invited" } });
		const ada = await server.signIn("ada");
		await server.admin.post("/api/bans", { user: ada.user.id });
		const { code } = (await server.admin.post("/api/invitations", {})).body;
		const refused = await call(server, "POST", "/api/invitations/redeem", { code }, ada);
		assert.deepEqual([refused.status, refused.body.error.code], [403, "forbidden"]);
		assert.equal((await server.admin.get("/api/invitations")).body.invitations[0].used, 0);
	});

	test("I4 guesses are limited by address", async (t) => {
		const server = await startServer(t, { env: { LIMIT_SESSIONS_PER_S: "0.001", LIMIT_SESSIONS_BURST: "3" } });
		const guess = () => call(server, "POST", "/api/invitations/redeem", { code: "guess", name: "Eve" });
		for (const _ of [1, 2, 3]) assert.equal((await guess()).status, 404);
		const limited = await guess();
		assert.deepEqual([limited.status, limited.body.error.code], [429, "rate_limited"]);
		assert.ok((await server.signIn("eve")).token, "sign-ins are counted apart");
	});
});

describe("the access", () => {
	test("O4 closing it ends the connections of strangers; an owner's decision outlives a restart", async (t) => {
		const server = await startWithAdmin(t);
		const [ada, ben] = [await server.client("ada"), await server.client("ben")];
		await call(server, "POST", "/api/claim", { code: CODE }, ada.session);
		const closed = await call(server, "PUT", "/api/access", { access: "invited" }, ada.session);
		assert.deepEqual([closed.status, closed.body], [200, { access: "invited" }]);
		await ben.until(() => ben.socket.disconnected, "the disconnect");
		assert.ok(ada.socket.connected);
		await server.stop();
		const again = await startServer(t, { dataFolder: server.dataFolder });
		assert.equal(again.chat.people.access, "invited");
		assert.equal(again.chat.people.roleOf(ada.user.id), "owner");
	});

	test("O4 the setting ACCESS is not changed over HTTP", async (t) => {
		const server = await startWithAdmin(t, { env: { ACCESS: "open" } });
		const response = await fetch(`${server.url}/api/access`, {
			method: "PUT",
			headers: { authorization: `Bearer ${ADMIN_TOKEN}`, "content-type": "application/json" },
			body: JSON.stringify({ access: "members" }),
		});
		assert.equal(response.status, 403);
		assert.equal(server.chat.people.access, "open");
	});

	test("O4 the load token comes in, over HTTP and over a socket", async (t) => {
		const server = await startServer(t, { env: { ACCESS: "members", LOAD_TOKEN } });
		const session = await server.signIn("load");
		const extraHeaders = { "x-load-token": LOAD_TOKEN };
		const client = await server.connect(session, { extraHeaders });
		await client.join("load-1");
		const headers = { ...extraHeaders, cookie: `session=${session.token}` };
		assert.equal((await fetch(`${server.url}/api/rooms`, { headers })).status, 200);
		const without = new TestClient(server.url, session);
		t.after(() => without.close());
		await assert.rejects(without.connected(), /for its members/);
	});
});
