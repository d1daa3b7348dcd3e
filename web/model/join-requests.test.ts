import assert from "node:assert/strict";
import { test } from "node:test";
import { MAX_JOINS } from "../../app/protocol/limits.ts";
import type { Ack } from "../../app/protocol/refusal.ts";
import type { JoinData } from "../../app/protocol/room.ts";
import { JoinRequests } from "./join-requests.ts";
import { stubRequests } from "./testing/stub-requests.ts";

function joinsOf() {
	const { connection, requests } = stubRequests();
	const joins = new JoinRequests(connection);
	const acks: string[] = [];
	const join = (room: string) =>
		joins.join({ room }, (ack: Ack<JoinData>) => acks.push(`${room} ${ack.ok ? "joined" : ack.error.code}`));
	const roomsOf = (index: number) =>
		(requests[index]!.payload as { rooms: { room: string }[] }).rooms.map(({ room }) => room);
	return { joins, join, acks, requests, roomsOf };
}

test("joins that are made together are one request, and each gets its own ack", async () => {
	const { joins, join, acks, requests, roomsOf } = joinsOf();
	joins.together(() => ["lobby", "attic"].forEach(join));
	join("kitchen");
	assert.deepEqual([requests.length, roomsOf(0), roomsOf(1)], [2, ["lobby", "attic"], ["kitchen"]]);
	assert.equal(requests[0]!.event, "rooms:join");
	await requests[0]!.accept([
		{ ok: true, data: {} },
		{ ok: false, error: { code: "forbidden" } },
	]);
	assert.deepEqual(acks, ["lobby joined", "attic forbidden"]);
});

test("a refused request refuses each of its joins", async () => {
	const { joins, join, acks, requests } = joinsOf();
	joins.together(() => ["lobby", "attic"].forEach(join));
	await requests[0]!.refuse(true);
	assert.deepEqual(acks, ["lobby unavailable", "attic unavailable"]);
});

test("more rooms than a request may have are several requests, in order", () => {
	const { joins, join, requests, roomsOf } = joinsOf();
	const rooms = Array.from({ length: MAX_JOINS + 2 }, (_, index) => `room ${index}`);
	joins.together(() => rooms.forEach(join));
	assert.deepEqual([requests.length, roomsOf(0), roomsOf(1)], [2, rooms.slice(0, MAX_JOINS), rooms.slice(MAX_JOINS)]);
});

test("joins that are made while acks are handled are one request", async () => {
	const { joins, requests, roomsOf } = joinsOf();
	const again = (room: string) => joins.join({ room }, (ack) => ack.ok || again(room));
	joins.together(() => ["lobby", "attic", "kitchen"].forEach(again));
	const full = { ok: false, error: { code: "unavailable", retryable: true, retryAfterMs: 0 } };
	await requests[0]!.accept([{ ok: true, data: {} }, full, full]);
	assert.deepEqual([requests.length, roomsOf(1)], [2, ["attic", "kitchen"]]);
});
