import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { SessionData } from "../../protocol/session.ts";
import { startServer } from "../../testing/harness.ts";
import { addPasskey, call, post, signInWith } from "../../testing/passkeys.ts";

const as = ({ body }: { body: SessionData }): SessionData => body;

describe("sessions of one's own", () => {
	test("K7 they are listed; another one, or all others, are signed out at once", async (t) => {
		const server = await startServer(t);
		const ada = await server.signIn("Ada");
		const single = (await call(server, "GET", "/api/sessions", undefined, ada)).body.sessions;
		assert.deepEqual([single.length, single[0].current, single[0].device], [1, true, "Firefox on Linux"]);
		const { authenticator } = await addPasskey(server, ada);
		const others = [];
		for (let count = 0; count < 3; count++)
			others.push(await server.connect(as(await signInWith(server, authenticator))));
		const list = async () => (await call(server, "GET", "/api/sessions", undefined, ada)).body.sessions;
		const listed = await list();
		assert.equal(listed.length, 4);
		const current = listed.find(({ current }: { current?: true }) => current);
		const end = (id: string, session = ada) => call(server, "DELETE", `/api/sessions/${id}`, undefined, session);
		assert.equal((await end(current.id)).status, 400);
		assert.equal((await end(listed[0].id, await server.signIn("Ben"))).status, 404);
		const first = others[0]!;
		const id = first.session.token.split(".")[0]!;
		assert.equal((await end(id)).status, 204);
		await first.until(() => first.socket.disconnected, "the disconnect of one session");
		assert.equal((await call(server, "GET", "/api/session", undefined, first.session)).status, 401);
		assert.equal((await call(server, "DELETE", "/api/sessions", undefined, ada)).status, 204);
		for (const other of others) await other.until(() => other.socket.disconnected, "the disconnect of the others");
		assert.deepEqual(
			(await list()).map((entry: { id: string }) => entry.id),
			[current.id],
		);
		await call(server, "DELETE", "/api/session", undefined, ada);
		assert.equal((await call(server, "GET", "/api/session", undefined, ada)).status, 401);
		const signedIn = as(await signInWith(server, authenticator));
		const rest = (await call(server, "GET", "/api/sessions", undefined, signedIn)).body.sessions;
		assert.equal(rest.length, 1, "the signed-out session is not listed");
	});

	test("K6 a link signs another device in once, also for a guest", async (t) => {
		const server = await startServer(t, { env: { PUBLIC_ORIGIN: "https://chat.example" } });
		const ada = await server.signIn("Ada");
		const link = await post(server, "/api/session/link", {}, ada);
		assert.equal(link.status, 201);
		assert.equal(link.body.url, `https://chat.example/#device=${link.body.code}`);
		const phone = await post(server, "/api/session/code", { code: link.body.code });
		assert.deepEqual([phone.status, phone.body.user], [201, ada.user]);
		assert.equal((await post(server, "/api/session/code", { code: link.body.code })).status, 404);
		const [one, other] = [await server.connect(ada), await server.connect(as(phone))];
		await one.join("lobby");
		await other.join("lobby");
		const { sessions } = (await call(server, "GET", "/api/sessions", undefined, ada)).body;
		assert.equal(sessions.length, 2);
	});

	test("K6 signing the others out voids a link", async (t) => {
		const server = await startServer(t);
		const ada = await server.signIn("Ada");
		const { body } = await post(server, "/api/session/link", {}, ada);
		await call(server, "DELETE", "/api/sessions", undefined, ada);
		assert.equal((await post(server, "/api/session/code", { code: body.code })).status, 404);
	});
});
