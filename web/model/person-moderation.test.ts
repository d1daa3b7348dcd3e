import assert from "node:assert/strict";
import { test } from "node:test";
import type { Ack } from "../../app/protocol/refusal.ts";
import type { ApiClient } from "./api-client.ts";
import { createBanList } from "./ban-list.ts";
import { isModerator, setRoomClosed } from "./moderation.ts";
import { createPersonModeration } from "./person-moderation.ts";

const BEN = { id: "ben", name: "Ben" };
const BAN = { kind: "user", target: "ben", room: "a & b", createdAt: 1 } as const;
const REFUSED = { ok: false, error: { code: "forbidden", message: "No.", retryable: false } } as const;

/** An API that gives each request the next of `acks`, and then that of a ban. */
function withApi(...acks: Ack<unknown>[]) {
	const calls: string[] = [];
	const api = (async (method: string, path: string, body?: unknown) => {
		calls.push(`${method} ${path}${body === undefined ? "" : ` ${JSON.stringify(body)}`}`);
		const all = { people: [], bans: [BAN], more: false, rooms: ["attic"] };
		return acks.shift() ?? { ok: true, data: all };
	}) as ApiClient;
	return { api, calls };
}

test("a person without a role is shown as a guest, with their bans", async () => {
	const { api, calls } = withApi();
	const model = createPersonModeration(api, BEN);
	assert.equal(model.role.value, undefined);
	await model.load();
	assert.deepEqual([model.role.value, model.bans.value], ["guest", [BAN]]);
	assert.deepEqual(calls, ["GET /api/people?user=ben", "GET /api/bans?user=ben"]);
});

test("a ban has what was chosen, and its refusal is shown", async () => {
	const { api, calls } = withApi(REFUSED);
	const model = createPersonModeration(api, BEN);
	assert.equal(await model.ban({ room: "kitchen", minutes: 10, reason: "" }), false);
	assert.equal(model.problem.value, "No.");
	assert.ok(await model.ban({ addresses: true, reason: "spam" }));
	assert.equal(model.problem.value, "");
	await model.lift(BAN);
	await model.setRole("moderator");
	assert.deepEqual(calls, [
		'POST /api/bans {"user":"ben","room":"kitchen","minutes":10}',
		'POST /api/bans {"user":"ben","addresses":true,"reason":"spam"}',
		"GET /api/bans?user=ben",
		"DELETE /api/bans?user=ben&room=a+%26+b",
		"GET /api/bans?user=ben",
		'PUT /api/people/ben {"role":"moderator","name":"Ben"}',
	]);
});

test("the list of bans and closed rooms is loaded again after each change", async () => {
	const { api, calls } = withApi();
	const list = createBanList(api);
	await list.load();
	assert.deepEqual([list.bans.value, list.closedRooms.value], [[BAN], ["attic"]]);
	calls.length = 0;
	assert.ok(await list.banAddress("192.0.2.7"));
	await list.reopen("attic");
	assert.deepEqual(
		calls.filter((call) => !call.startsWith("GET")),
		['POST /api/bans {"address":"192.0.2.7","minutes":1440}', "DELETE /api/closed-rooms/attic"],
	);
	const refused = createBanList(withApi(REFUSED).api);
	assert.equal(await refused.banAddress("x"), false);
	assert.equal(refused.problem.value, "No.");
});

test("a room is closed by its whole name, whatever its characters", async () => {
	const { api, calls } = withApi();
	await setRoomClosed(api, "a/b?c", true);
	await setRoomClosed(api, "..", false);
	assert.deepEqual(calls, ["PUT /api/closed-rooms/a%2Fb%3Fc", "DELETE /api/closed-rooms/..%20"]);
});

test("owners and moderators moderate", () => {
	const roles = ["owner", "moderator", "member", undefined] as const;
	assert.deepEqual(
		roles.map((role) => isModerator({ ...BEN, ...(role && { role }) })),
		[true, true, false, false],
	);
});
