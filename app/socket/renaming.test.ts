import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { SessionData } from "../protocol/session.ts";
import { startServer } from "../testing/harness.ts";
import { addPasskey, call, post, signInWith } from "../testing/passkeys.ts";

const rename = (server: { url: string }, session: SessionData, name: string) =>
	call(server, "PUT", "/api/session", { name }, session);

describe("a new name", () => {
	test("K8 it holds for the old token and the new one, in the room, and after a restart", async (t) => {
		const server = await startServer(t);
		const [ada, ben] = [await server.client("Ada"), await server.client("Ben")];
		for (const client of [ada, ben]) await client.join("lobby");
		await ada.send("lobby", "before");
		const renamed = await rename(server, ada.session, "  Lin ");
		assert.deepEqual([renamed.status, renamed.body.user], [200, { id: ada.user.id, name: "Lin" }]);
		assert.match(renamed.headers.get("set-cookie") ?? "", new RegExp(`^session=${renamed.body.token};`));
		assert.equal(renamed.body.token.split(".")[0], ada.session.token.split(".")[0], "the same session");
		await ada.next("user:renamed", ({ name }) => name === "Lin");
		await ben.next("presence:diff", ({ joins }) => joins.some(({ id, name }) => id === ada.user.id && name === "Lin"));
		await ada.send("lobby", "after");
		const { messages } = await ben.history({ room: "lobby" });
		assert.deepEqual(
			messages.map(({ author }) => author.name),
			["Ada", "Lin"],
		);
		await server.stop();
		const restarted = await startServer(t, { dataFolder: server.dataFolder });
		for (const { token } of [ada.session, renamed.body as SessionData]) {
			const session = { ...ada.session, token };
			assert.equal((await call(restarted, "GET", "/api/session", undefined, session)).body.user.name, "Lin");
		}
		const again = await restarted.connect(ada.session);
		await again.next("user:renamed", ({ name }) => name === "Lin");
		const { presence } = await again.join("lobby");
		// On several processes, those of the stopped one are still shown for some seconds.
		assert.equal(presence.members.find(({ id }) => id === ada.user.id)?.name, "Lin");
	});

	test("K8 S1 R2 K2 a name that is not valid, or belongs to somebody else, is refused", async (t) => {
		const server = await startServer(t, { bannedWords: "gorram" });
		const [ada, ben] = [await server.client("Ada"), await server.client("Ben")];
		for (const client of [ada, ben]) await client.join("lobby");
		await addPasskey(server, await server.signIn("Grace"));
		const outcomes = [];
		for (const name of ["", "x".repeat(33), "a gorram name", "BEN", "Grace"]) {
			const { status, body } = await rename(server, ada.session, name);
			outcomes.push([status, body.error.code, body.error.field].join(" "));
		}
		assert.deepEqual(outcomes, [
			"400 bad_request name",
			"413 too_long name",
			"400 bad_request name",
			"409 name_taken name",
			"409 name_taken name",
		]);
		assert.equal((await call(server, "GET", "/api/session", undefined, ada.session)).body.user.name, "Ada");
	});

	test("K8 a person with a passkey has the name on all devices; the old one is free", async (t) => {
		const server = await startServer(t);
		const session = await server.signIn("Ada");
		const { authenticator } = await addPasskey(server, session);
		const phone = await server.connect((await signInWith(server, authenticator)).body);
		await rename(server, session, "Lin");
		await phone.next("user:renamed", ({ name }) => name === "Lin");
		assert.equal((await signInWith(server, authenticator)).body.user.name, "Lin");
		assert.equal((await post(server, "/api/session", { name: "Ada" })).status, 201);
		assert.equal((await post(server, "/api/session", { name: "Lin" })).status, 409);
	});

	test("K8 the members of a private room see it", async (t) => {
		const server = await startServer(t);
		const [ada, ben] = [await server.client("Ada"), await server.client("Ben")];
		const opened = await ada.request("direct:open", { users: [ben.user.id] });
		assert.ok(opened.ok);
		const { room } = opened.data as { room: string };
		await ben.join(room);
		await rename(server, ada.session, "Lin");
		const named = (people: readonly { name: string }[] = []) => people.map(({ name }) => name).sort();
		assert.deepEqual(named((await ben.join(room)).info?.people), ["Ben", "Lin"]);
		const { rooms } = (await call(server, "GET", "/api/rooms?own", undefined, ben.session)).body;
		assert.deepEqual(named(rooms[0].people), ["Ben", "Lin"]);
	});
});
