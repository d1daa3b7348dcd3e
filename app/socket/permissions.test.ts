import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import type { SendData } from "../protocol/message.ts";
import type { RoomNameData } from "../protocol/private-room.ts";
import type { Ack } from "../protocol/refusal.ts";
import type { JoinsData, RoomSummary } from "../protocol/room.ts";
import type { TestClient } from "../testing/client.ts";
import { startServer } from "../testing/harness.ts";
import { commandsOf } from "./commands/commands.ts";

/** A private room that was never there. */
const NOWHERE = `~${"z".repeat(26)}`;

/** Returns the table of PROTOCOL.md: its columns, and the expected code of each event in each column. */
function readTable(): { columns: string[]; rows: { event: string; codes: string[] }[] } {
	const text = readFileSync(new URL("../protocol/PROTOCOL.md", import.meta.url), "utf8");
	const section = text.split("### Permissions in rooms")[1]!.split("\n## ")[0]!;
	const lines = section.split("\n").filter((line) => line.startsWith("|"));
	const cells = lines.map((line) =>
		line
			.slice(1, -1)
			.split("|")
			.map((cell) => cell.trim().replaceAll("`", "")),
	);
	const [[, ...columns], , ...rows] = cells as [string[], string[], ...string[][]];
	return { columns, rows: rows.map(([event, ...codes]) => ({ event: event!, codes })) };
}

type Who = { client: TestClient; room: string; target: number; epoch: string };

function payloadOf(event: string, { room, target, epoch }: Who, other: string): object {
	const change = { room, target, clientId: randomUUID() };
	switch (event) {
		case "rooms:join":
			return { rooms: [{ room }] };
		case "message:send":
			return { room, clientId: randomUUID(), body: "hello" };
		case "message:edit":
			return { ...change, body: "better" };
		case "reaction:set":
			return { ...change, emoji: "👍", on: true };
		case "pin:set":
			return { ...change, on: true };
		case "message:around":
			return { room, seq: target };
		case "room:read":
			return { room, epoch, seq: target };
		case "search:query":
			return { room, text: "mine" };
		case "log:since":
			return { room, after: 0 };
		case "room:update":
			return { room, topic: "Wine" };
		case "member:add":
		case "member:remove":
			return { room, user: other };
		default:
			return { room, target, clientId: change.clientId };
	}
}

async function ackOf(event: string, who: Who, other: string): Promise<Ack<unknown>> {
	const ack: Ack<unknown> = await who.client.request(event, payloadOf(event, who, other));
	return event === "rooms:join" && ack.ok ? (ack.data as JoinsData)[0]! : ack;
}

test("R3 R5 R6 R7 each event gives each person what the table says, and a room of others looks like none", async (t) => {
	const server = await startServer(t);
	const names = ["ada", "ben", "cat", "rob", "dora", "eve", "moderator", "owner", "banned"] as const;
	const clients = await Promise.all(names.map(async (name) => [name, await server.client(name)] as const));
	const { ada, ben, cat, rob, dora, eve, moderator, owner, banned } = Object.fromEntries(clients) as Record<
		(typeof names)[number],
		TestClient
	>;
	for (const { user } of [moderator, owner])
		await server.chat.roles.set("admin", { user: user.id, role: user.name as "moderator" | "owner" });
	const data = <T>(ack: Ack<T>): T => {
		assert.ok(ack.ok, JSON.stringify(ack));
		return ack.data;
	};
	const create = async (client: TestClient): Promise<string> => {
		const request = { clientId: randomUUID(), kind: "private", title: "The Attic" };
		return data<RoomNameData>(await client.request("room:create", request)).room;
	};
	const own = await create(ada);
	for (const { user } of [ben, rob, dora]) data(await ada.request("member:add", { room: own, user: user.id }));
	await rob.join(own);
	const direct = data<RoomNameData>(await ada.request("direct:open", { users: [ben.user.id] })).room;
	const gone = await create(eve);
	const sent = async (client: TestClient, room: string): Promise<Who> => {
		const { epoch } = await client.join(room);
		const { seq }: SendData = await client.send(room, "mine");
		return { client, room, target: seq, epoch };
	};
	const none = (client: TestClient, room: string): Who => ({ client, room, target: 1, epoch: "none" });
	const people: Record<string, Who> = {
		"open: not in it": none(cat, "lobby"),
		"open: in it": await sent(ben, "lobby"),
		"open: moderator in it": await sent(moderator, "lobby"),
		"open: banned from it": await sent(banned, "lobby"),
		"closed: in it": await sent(ben, "closed"),
		"private: no member": none(cat, own),
		"private: owner of the chat only": none(owner, own),
		"private: removed": none(rob, own),
		"private: member": await sent(ben, own),
		"private: owner": await sent(ada, own),
		"direct: no member": none(cat, direct),
		"direct: member": await sent(ben, direct),
		"removed room": none(eve, gone),
	};
	await server.chat.moderation.closeRoom("closed", {});
	data(await ada.request("member:remove", { room: own, user: rob.user.id }));
	await server.chat.rooms.remove(gone);
	await server.chat.moderation.ban({ user: banned.user.id, room: "lobby" }, {});
	const back = await server.connect(banned.session);
	people["open: banned from it"]!.client = back;

	const { columns, rows } = readTable();
	assert.deepEqual(columns, Object.keys(people));
	// The two events that name no room are open to everybody who may come in.
	const events = [...commandsOf(server.chat).keys()].filter((event) => !["room:create", "direct:open"].includes(event));
	assert.deepEqual(rows.map(({ event }) => event).sort(), events.sort());
	for (const { event, codes } of rows) {
		for (const [index, column] of columns.entries()) {
			const who = people[column]!;
			const ack = await ackOf(event, who, dora.user.id);
			assert.equal(ack.ok ? "-" : ack.error.code, codes[index], `${event}, ${column}: ${JSON.stringify(ack)}`);
			if (codes[index] !== "not_found" || !who.room.startsWith("~")) continue;
			const other = await ackOf(event, { ...who, room: NOWHERE }, dora.user.id);
			assert.equal(JSON.stringify(ack), JSON.stringify(other), `${event}, ${column}`);
		}
		// Who was not in the open room is not in it for the next event either.
		if (event.endsWith(":join")) await cat.request("room:leave", { room: "lobby" });
	}
	const listOf = async (client: TestClient, query = "") => {
		const headers = { cookie: `session=${client.session.token}` };
		const { rooms } = (await (await fetch(`${server.url}/api/rooms${query}`, { headers })).json()) as {
			rooms: RoomSummary[];
		};
		return rooms.map(({ room, kind, title }) => [room, kind, title]);
	};
	const open = [
		["closed", undefined, undefined],
		["lobby", undefined, undefined],
	];
	for (const client of [cat, rob, eve]) assert.deepEqual((await listOf(client)).sort(), open);
	assert.deepEqual(
		(await listOf(ben)).slice(0, 2).sort(),
		[
			[direct, "direct", undefined],
			[own, "private", "The Attic"],
		].sort(),
	);
	assert.deepEqual(await listOf(ben, "?own"), (await listOf(ben)).slice(0, 2));
	assert.deepEqual(await listOf(cat, "?own"), []);
	assert.equal((await fetch(`${server.url}/api/rooms`)).status, 401, "a stranger");
});
