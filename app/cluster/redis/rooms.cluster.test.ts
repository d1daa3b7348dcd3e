import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { RoomNameData } from "../../protocol/private-room.ts";
import type { Ack } from "../../protocol/refusal.ts";
import { metric, services, startChat } from "../testing/chat-of-processes.ts";

const running = services();
const upTo = (count: number) => Array.from({ length: count }, (_, index) => index + 1);

describe("a room on several processes", () => {
	test("M3 M5 every member sees one order without holes, whichever process a message is sent to", async (t) => {
		const servers = await startChat(t, running(), 3);
		const people = await Promise.all(servers.map((server, index) => server.client(`guest${index}`)));
		for (const person of people) await person.join("lobby");
		const COUNT = 100;
		await Promise.all(people.flatMap((person) => upTo(COUNT).map((n) => person.send("lobby", `${n}`))));
		for (const person of people) {
			await person.entry("lobby", people.length * COUNT);
			assert.deepEqual(
				person.entries("lobby").map(({ seq }) => seq),
				upTo(people.length * COUNT),
			);
		}
		const [first, ...others] = people.map((person) => person.entries("lobby"));
		for (const entries of others) assert.deepEqual(entries, first);
	});

	test("R1 a join resumes on another process than before", async (t) => {
		const [one, other] = await startChat(t, running());
		const ada = await one!.client("ada");
		const { epoch, seq } = await ada.join("lobby");
		await ada.send("lobby", "first");
		await ada.entry("lobby", 1);
		ada.close();
		const bob = await other!.client("bob");
		await bob.join("lobby");
		await bob.send("lobby", "second");
		const back = await other!.connect(ada.session);
		const resumed = await back.join("lobby", { epoch, seq: seq + 1 });
		assert.deepEqual([resumed.gap, resumed.entries?.map((entry) => entry.seq)], [false, [2]]);
	});

	test("M2 a message that is sent again on another process is stored once", async (t) => {
		const [one, other] = await startChat(t, running());
		const ada = await one!.client("ada");
		await ada.join("lobby");
		const clientId = crypto.randomUUID();
		const sent = await ada.send("lobby", "once", clientId);
		const tablet = await other!.connect(ada.session);
		await tablet.join("lobby");
		assert.deepEqual(await tablet.send("lobby", "once", clientId), sent);
	});

	test("U1 U3 a read mark is the same on every process", async (t) => {
		const [one, other] = await startChat(t, running());
		const ada = await one!.client("ada");
		const { epoch } = await ada.join("lobby");
		for (const number of upTo(5)) await ada.send("lobby", `${number}`);
		await ada.entry("lobby", 5);
		await ada.request("room:read", { room: "lobby", epoch, seq: 3 });
		const tablet = await other!.connect(ada.session);
		const { read } = await tablet.join("lobby");
		if (read !== 3) await tablet.next("read:moved", ({ seq }) => seq === 3);
		await tablet.request("room:read", { room: "lobby", epoch, seq: 1, back: true });
		await ada.next("read:moved", ({ seq, back }) => seq === 1 && back === true);
		await ada.request("room:read", { room: "lobby", epoch, seq: 4 });
		await tablet.next("read:moved", ({ seq }) => seq === 4);
	});

	test("R6 R8 a member is added and removed on the other process", async (t) => {
		const [one, other] = await startChat(t, running());
		const [ada, ben] = await Promise.all([one!.client("ada"), other!.client("ben")]);
		await ada.join("lobby");
		await ben.join("lobby");
		await ada.next("presence:diff", ({ joins }) => joins.some(({ id }) => id === ben.user.id));
		const created: Ack<RoomNameData> = await ada.request("room:create", {
			clientId: crypto.randomUUID(),
			kind: "private",
			title: "The Attic",
		});
		assert.ok(created.ok);
		const member = { ...created.data, user: ben.user.id };
		await ada.request("member:add", member);
		const { room } = await ben.next("room:added");
		assert.equal(room, created.data.room);
		await ben.join(room);
		await ada.request("member:remove", member);
		await ben.until(() => ben.entries(room).some(({ kind }) => kind === "member"), "the removal");
		await assert.rejects(ben.send(room, "too late"), /^Error: not_found/);
	});

	test("T1 typing is shown on other processes, and ends", async (t) => {
		const [one, other] = await startChat(t, running());
		const [ada, bob] = await Promise.all([one!.client("ada"), other!.client("bob")]);
		for (const person of [ada, bob]) await person.join("lobby");
		ada.socket.emit("typing:start", { room: "lobby" });
		const { users } = await bob.next("typing:changed");
		assert.deepEqual(users, [ada.user]);
		await ada.send("lobby", "typed");
		await bob.next("typing:changed", ({ users }) => users.length === 0);
	});

	test("N1 a notice reaches everybody", async (t) => {
		const [one, other] = await startChat(t, running());
		const bob = await other!.client("bob");
		one!.chat.notice("Back in five minutes.");
		assert.equal((await bob.next("server:notice")).text, "Back in five minutes.");
	});

	test("a removed room is removed on every process", async (t) => {
		const [one, other] = await startChat(t, running());
		const [ada, bob] = await Promise.all([one!.client("ada"), other!.client("bob")]);
		for (const person of [ada, bob]) await person.join("lobby");
		const { epoch } = await ada.join("lobby");
		await ada.send("lobby", "secret");
		await bob.entry("lobby", 1);
		assert.ok((await one!.chat.rooms.remove("lobby")).ok);
		await bob.until(() => !bob.socket.connected, "the disconnect");
		const back = await other!.connect(bob.session);
		const again = await back.join("lobby", { epoch, seq: 1 });
		assert.deepEqual([again.gap, again.messages], [true, []]);
	});

	test("S3 a session that is revoked is revoked on every process", async (t) => {
		const [one, other] = await startChat(t, running());
		const ada = await one!.client("ada");
		const tablet = await other!.connect(ada.session);
		const headers = { authorization: `Bearer ${ada.session.token}` };
		assert.equal((await fetch(`${one!.url}/api/session`, { method: "DELETE", headers })).status, 204);
		for (const device of [ada, tablet]) await device.until(() => !device.socket.connected, "the disconnect");
		assert.equal((await fetch(`${other!.url}/api/session`, { headers })).status, 401);
	});

	test("entries whose events are lost are read from the store", async (t) => {
		const [one, other] = await startChat(t, running());
		const ada = await one!.client("ada");
		await ada.join("lobby");
		// A process that commits and dies before it publishes.
		await other!.store.append(
			upTo(250).map((n) => ({
				kind: "message",
				room: "lobby",
				author: { id: "ghost", name: "Ghost" },
				clientId: crypto.randomUUID(),
				content: { body: `${n}` },
				createdAt: n,
			})),
		);
		await ada.entry("lobby", 250);
		assert.deepEqual(
			ada.entries("lobby").map(({ seq }) => seq),
			upTo(250),
		);
		assert.equal(await metric(one!, "hubbub_recovered_entries_total"), 250);
	});
});
