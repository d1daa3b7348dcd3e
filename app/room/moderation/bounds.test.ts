import assert from "node:assert/strict";
import { test } from "node:test";
import { startWithAdmin } from "../../testing/admin.ts";
import { MAX_BANS } from "./bans.ts";
import { MAX_CLOSED_ROOMS } from "./closed-rooms.ts";

const addressOf = (number: number) => `10.${number >> 16}.${(number >> 8) & 255}.${number & 255}`;

test("A2 the number of bans is bounded: beyond it none is added, and existing ones can be extended", async (t) => {
	const server = await startWithAdmin(t);
	const until = Date.now() + 3_600_000;
	for (let number = 0; number < MAX_BANS; number++) {
		const ban = { kind: "address", target: addressOf(number), until, createdAt: number } as const;
		server.chat.activeModeration.apply({ kind: "ban", ban });
	}
	const { status, body } = await server.admin.post("/api/bans", { address: "192.0.2.1" });
	assert.deepEqual(
		[status, body.error.message],
		[403, "50000 bans are active, which is the maximum. Lift some first."],
	);
	assert.equal((await server.admin.post("/api/bans", { address: addressOf(7) })).status, 201);
	assert.equal((await server.admin.delete(`/api/bans?address=${addressOf(8)}`)).status, 204);
	assert.equal((await server.admin.post("/api/bans", { address: "192.0.2.1" })).status, 201);

	const page = (await server.admin.get("/api/bans?limit=3")).body;
	const targets = page.bans.map(({ target }: { target: string }) => target);
	assert.deepEqual([targets, page.more], [["192.0.2.1", addressOf(7), addressOf(MAX_BANS - 1)], true]);
	const last = (await server.admin.get(`/api/bans?offset=${MAX_BANS - 1}&limit=3`)).body;
	assert.deepEqual([last.bans[0].target, last.bans.length, last.more], [addressOf(0), 1, false]);
});

test("A5 the number of closed rooms is bounded", async (t) => {
	const server = await startWithAdmin(t);
	for (let number = 0; number < MAX_CLOSED_ROOMS; number++)
		server.chat.activeModeration.apply({ kind: "room_closed", room: `room ${number}` });
	const { status, body } = await server.admin.put("/api/closed-rooms/one-more");
	assert.deepEqual(
		[status, body.error.message],
		[403, "10000 rooms are closed, which is the maximum. Reopen one first."],
	);
	assert.equal((await server.admin.put("/api/closed-rooms/room%207")).status, 204);
});
