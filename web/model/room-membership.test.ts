import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import type { Cursor } from "../../app/protocol/log.ts";
import type { JoinData } from "../../app/protocol/room.ts";
import { JoinRequests } from "./join-requests.ts";
import { RoomMembership } from "./room-membership.ts";
import { stubRequests } from "./testing/stub-requests.ts";

const DATA = { room: "lobby", epoch: "e", seq: 3 } as JoinData;
const JOINED = [{ ok: true, data: DATA }];

function membershipOf(t: TestContext, cursor?: Cursor) {
	t.mock.timers.enable({ apis: ["setTimeout"] });
	const { connection, requests } = stubRequests();
	const events: string[] = [];
	const membership = new RoomMembership({
		room: "lobby",
		requests: new JoinRequests(connection),
		cursor: () => cursor,
		onJoined: ({ seq }) => events.push(`joined at ${seq}`),
		onRefused: () => events.push("refused"),
	});
	return { membership, requests, events };
}

test("a join is live once it has its ack", async (t) => {
	const { membership, requests, events } = membershipOf(t);
	membership.join();
	assert.deepEqual(requests[0]!.payload, { rooms: [{ room: "lobby" }] });
	assert.deepEqual(membership.state.value, { phase: "joining" });
	await requests[0]!.accept(JOINED);
	assert.equal(membership.isLive, true);
	assert.deepEqual(events, ["joined at 3"]);
});

test("a join resumes after the cursor", (t) => {
	const cursor = { epoch: "e", seq: 3 };
	const { membership, requests } = membershipOf(t, cursor);
	membership.join();
	assert.deepEqual(requests[0]!.payload, { rooms: [{ room: "lobby", after: cursor }] });
});

test("a temporary refusal is retried after the time that the server names", async (t) => {
	const { membership, requests } = membershipOf(t);
	membership.join();
	await requests[0]!.refuse(true, 2_000);
	t.mock.timers.tick(1_999);
	assert.equal(requests.length, 1);
	t.mock.timers.tick(60_000);
	assert.equal(requests.length, 2);
	assert.deepEqual(membership.state.value, { phase: "joining" });
});

test("a permanent refusal is kept until the next join", async (t) => {
	const { membership, requests, events } = membershipOf(t);
	membership.join();
	await requests[0]!.refuse(false);
	assert.equal(membership.state.value.phase, "refused");
	assert.deepEqual(events, ["refused"]);
	t.mock.timers.tick(60_000);
	assert.equal(requests.length, 1);
	membership.join();
	assert.equal(membership.state.value.phase, "joining");
});

test("only the ack of the last join counts, and none after suspend", async (t) => {
	const { membership, requests, events } = membershipOf(t);
	membership.join();
	membership.join();
	await requests[0]!.accept(JOINED);
	assert.equal(membership.isLive, false);
	membership.suspend();
	await requests[1]!.accept(JOINED);
	assert.equal(membership.isLive, false);
	assert.deepEqual(events, []);
});

test("the result of a join that was requested elsewhere is accepted", async (t) => {
	const { membership, requests, events } = membershipOf(t);
	membership.join();
	membership.accept({ ...DATA, seq: 7 } as JoinData);
	await requests[0]!.accept(JOINED);
	assert.deepEqual(events, ["joined at 7"]);
});
