import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { describe, test } from "node:test";
import type { SessionData } from "../../protocol/session.ts";
import { startServer, type TestServer } from "../../testing/harness.ts";
import { addPasskey, call, signInWith } from "../../testing/passkeys.ts";

async function download({ url }: { url: string }, { token }: SessionData) {
	const response = await fetch(`${url}/api/data`, { headers: { authorization: `Bearer ${token}` } });
	const text = await response.text();
	return { response, lines: text.split("\n").flatMap((line) => (line === "" ? [] : [JSON.parse(line)])) };
}

const remove = (server: TestServer, session: SessionData, messages: string) =>
	call(server, "DELETE", "/api/data", { messages }, session);

describe("one's own data", () => {
	test("K9 all of it is downloaded, in rooms that the user may read, and nothing of others", async (t) => {
		const server = await startServer(t);
		const session = await server.signIn("Ada");
		const { passkey } = await addPasskey(server, session);
		const [ada, ben] = [await server.connect(session), await server.client("Ben")];
		for (const client of [ada, ben]) await client.join("lobby");
		const sent = Array.from({ length: 120 }, (_, index) => `text ${index}`);
		for (const body of sent) await ada.send("lobby", body);
		await ada.change("message:edit", { room: "lobby", target: 1, body: "better" });
		await ada.change("message:remove", { room: "lobby", target: 2 });
		await ben.send("lobby", "by ben");
		await ben.change("reaction:set", { room: "lobby", target: 1, emoji: "👍", on: true });
		const created = await ben.request("room:create", { clientId: randomUUID(), kind: "private", title: "Attic" });
		assert.ok(created.ok);
		const { room } = created.data as { room: string };
		await ben.request("member:add", { room, user: ada.user.id });
		await ada.join(room);
		await ada.send(room, "in private");

		const { response, lines } = await download(server, session);
		assert.equal(response.status, 200);
		assert.match(response.headers.get("content-disposition") ?? "", /^attachment/);
		const [user, passkeys, sessions, rooms, ...rest] = lines;
		assert.deepEqual(user, { user: { ...ada.user, role: "member" } });
		assert.equal(passkeys.passkeys[0].id, passkey.id);
		assert.equal(sessions.sessions.length, 1);
		assert.equal(rooms.rooms[0].title, "Attic");
		const end = rest.pop();
		assert.deepEqual(end, { end: true, messages: 120 });
		const texts = rest.map((line) => `${line.room === room ? "Attic" : line.room}: ${line.message.body}`);
		assert.deepEqual(
			texts.sort(),
			["Attic: in private", "lobby: better", ...sent.slice(2).map((body) => `lobby: ${body}`)].sort(),
		);
		assert.ok(rest.every(({ message }) => !("reactions" in message)));

		await ben.request("member:remove", { room, user: ada.user.id });
		const later = await download(server, session);
		assert.ok(!later.lines.some((line) => line.room === room), "a room that the user may no longer read");
	});

	test("K9 one at a time: a second download waits, and one that nobody reads to its end gives its place up", async (t) => {
		const server = await startServer(t);
		const { user } = await server.signIn("Ada");
		const first = server.chat.ownData(() => {});
		const pages = first.download(user, () => true);
		assert.ok(pages.ok);
		await pages.data.next();
		const second = first.download(user, () => true);
		assert.equal(!second.ok && second.error.code, "unavailable");
		await pages.data.return(undefined);
		assert.ok(first.download(user, () => true).ok);
	});

	test("K9 a download ends with the session", async (t) => {
		const server = await startServer(t);
		const { user } = await server.signIn("Ada");
		let mayGoOn = true;
		const pages = server.chat.ownData(() => {}).download(user, () => mayGoOn);
		assert.ok(pages.ok);
		await pages.data.next();
		mayGoOn = false;
		assert.deepEqual(await pages.data.next(), { done: true, value: undefined });
	});

	test("K10 a user who keeps the messages is signed out everywhere, and no token is valid again", async (t) => {
		const server = await startServer(t);
		const session = await server.signIn("Ada");
		const { authenticator } = await addPasskey(server, session);
		const phone = await server.connect((await signInWith(server, authenticator)).body);
		const ben = await server.client("Ben");
		for (const client of [phone, ben]) await client.join("lobby");
		await phone.send("lobby", "said before");
		assert.equal((await remove(server, session, "perhaps")).status, 400);
		const removed = await remove(server, session, "keep");
		assert.equal(removed.status, 204);
		assert.match(removed.headers.get("set-cookie") ?? "", /^session=;/);
		await phone.until(() => phone.socket.disconnected, "the disconnect");
		for (const gone of [session, phone.session])
			assert.equal((await call(server, "GET", "/api/session", undefined, gone)).status, 401);
		assert.equal((await signInWith(server, authenticator)).status, 404);
		assert.equal((await ben.history({ room: "lobby" })).messages[0]?.author.name, "Ada");
		const again = await server.client("Ada");
		await again.join("lobby");
		await server.stop();
		const restarted = await startServer(t, { dataFolder: server.dataFolder });
		assert.equal((await call(restarted, "GET", "/api/session", undefined, session)).status, 401);
	});

	test("K10 messages that go are removed for everybody; private rooms get an owner, or go", async (t) => {
		const server = await startServer(t);
		const [ada, ben] = [await server.client("Ada"), await server.client("Ben")];
		for (const client of [ada, ben]) await client.join("lobby");
		for (const body of ["one", "two", "three"]) await ada.send("lobby", body);
		await ben.send("lobby", "by ben");
		const create = async (title: string) => {
			const ack = await ada.request("room:create", { clientId: randomUUID(), kind: "private", title });
			assert.ok(ack.ok);
			return (ack.data as { room: string }).room;
		};
		const [shared, own] = [await create("Shared"), await create("Own")];
		await ada.request("member:add", { room: shared, user: ben.user.id });
		await ben.join(shared);
		assert.equal((await remove(server, ada.session, "remove")).status, 204);
		await ada.until(() => ada.socket.disconnected, "the disconnect");
		const { messages } = await ben.history({ room: "lobby" });
		assert.deepEqual(
			messages.map((message) => "body" in message && message.body),
			["by ben"],
		);
		const members = await ben.request("room:members", { room: shared });
		assert.deepEqual(members.ok && members.data, { members: [{ user: ben.user, role: "owner" }] });
		assert.deepEqual(await server.store.membersOf(own), []);
	});

	test("K10 O3 the last owner of the chat is refused", async (t) => {
		const server = await startServer(t);
		const ada = await server.signIn("Ada");
		await server.chat.roles.set("admin", { user: ada.user.id, role: "owner" });
		assert.equal((await remove(server, ada, "keep")).body.error.code, "forbidden");
		assert.equal((await call(server, "GET", "/api/session", undefined, ada)).status, 200);
	});
});
