import assert from "node:assert/strict";
import { test } from "node:test";
import { audit } from "./audit.ts";
import { BODY_CHARS, bodyOf, numberOf } from "./body.ts";
import { Room } from "./room.ts";
import { Tally } from "./tally.ts";
import { Timeline } from "./timeline.ts";

/** Two members of one room, into which two speakers said messages 0 to 3 in turn. */
function said() {
	const timeline = new Timeline();
	const tally = new Tally(timeline);
	const room = new Room("one", tally);
	const members = [room.enter(), room.enter()] as const;
	for (let n = 0; n < 4; n++) timeline.add(0, room, n % 2);
	return { timeline, tally, room, members, check: (acks = false) => audit([room], timeline, tally, acks) };
}

test("all messages at all members, in one order, are in order", () => {
	const { room, members, tally, check } = said();
	for (const member of members) room.deliver(member, [1, 0, 3, 2]);
	assert.deepEqual(check(), { missing: 0, fault: undefined });
	assert.equal(tally.delivered, 8);
});

test("what has not come yet is counted", () => {
	const { room, members, check } = said();
	room.deliver(members[0], [0, 1, 2]);
	assert.deepEqual(check(), { missing: 5, fault: undefined });
});

test("a message that one member did not get is found at the next one", () => {
	const { room, members, check } = said();
	room.deliver(members[0], [0, 1, 2, 3]);
	room.deliver(members[1], [0, 2]);
	assert.match(check().fault ?? "", /got message 2 where others got 1/);
});

test("members that hear two orders are found", () => {
	const { room, members, check } = said();
	room.deliver(members[0], [0, 1]);
	room.deliver(members[1], [1, 0]);
	assert.match(check().fault ?? "", /got message 1 where others got 0/);
});

test("a doubled message is found, even where all members get it twice", () => {
	const { room, members, check } = said();
	for (const member of members) room.deliver(member, [0, 0]);
	assert.match(check().fault ?? "", /message 0 came after 0/);
});

test("a speaker's messages out of order are found, even where all members hear them so", () => {
	const { room, members, check } = said();
	for (const member of members) room.deliver(member, [2, 1, 0, 3]);
	assert.match(check().fault ?? "", /message 0 came after 2/);
});

test("a message in another room than its own is found", () => {
	const { timeline, tally, room, members } = said();
	const other = new Room("other", tally);
	other.deliver(other.enter(), [0]);
	for (const member of members) room.deliver(member, [0, 1, 2, 3]);
	assert.match(audit([room, other], timeline, tally, false).fault ?? "", /delivered in other, where nobody sent it/);
});

test("a message that was never acked is found, where the server acks", () => {
	const { room, members, tally, check } = said();
	for (const member of members) room.deliver(member, [0, 1, 2, 3]);
	tally.acked = 3;
	assert.match(check(true).fault ?? "", /Of 4 messages 3 were acked/);
});

test("a body has its length and its number, and every character of it counts", () => {
	for (const n of [0, 7, 12_345_678]) {
		assert.equal(bodyOf(n).length, BODY_CHARS);
		assert.equal(numberOf(bodyOf(n)), n);
	}
	assert.throws(() => numberOf(`${bodyOf(7).slice(0, -1)}?`), /nobody sent/);
	assert.throws(() => numberOf("not a number"), /nobody sent/);
});

test("only messages sent while timing are timed", () => {
	const timeline = new Timeline();
	const tally = new Tally(timeline);
	const room = new Room("one", tally);
	timeline.add(0, room, 0);
	const latency = tally.startTiming();
	timeline.add(100, room, 0);
	tally.arrived(0, 150);
	tally.arrived(1, 150);
	assert.equal(latency.count, 1);
	assert.ok(Math.abs(latency.percentile(50) / 50 - 1) < 0.03);
});
