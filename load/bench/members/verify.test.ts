import assert from "node:assert/strict";
import { test } from "node:test";
import { BODY_CHARS, bodyOf, numberOf } from "./body.ts";
import { DeliveryCounter } from "./delivery-counter.ts";
import { RoomVerifier } from "./room-verifier.ts";
import { SentMessages } from "./sent-messages.ts";
import { verifyDeliveries } from "./verify.ts";

/** A room with two members, to which two senders in turn sent messages 0 to 3. */
function fourSent() {
	const sent = new SentMessages();
	const counter = new DeliveryCounter(sent);
	const room = new RoomVerifier("one", counter);
	const members = [room.addMember(), room.addMember()] as const;
	for (let n = 0; n < 4; n++) sent.add(0, room, n % 2);
	return {
		sent,
		counter,
		room,
		members,
		verify: (acks = false) => verifyDeliveries([room], sent, counter, acks),
	};
}

test("accepts all messages at all members in one order", () => {
	const { room, members, counter, verify } = fourSent();
	for (const member of members) room.deliver(member, [1, 0, 3, 2]);
	assert.deepEqual(verify(), { missing: 0, fault: undefined });
	assert.equal(counter.delivered, 8);
});

test("counts the deliveries that have not arrived", () => {
	const { room, members, verify } = fourSent();
	room.deliver(members[0], [0, 1, 2]);
	assert.deepEqual(verify(), { missing: 5, fault: undefined });
});

test("detects a message that one member missed at the next one", () => {
	const { room, members, verify } = fourSent();
	room.deliver(members[0], [0, 1, 2, 3]);
	room.deliver(members[1], [0, 2]);
	assert.match(verify().fault ?? "", /received message 2 where others received 1/);
});

test("detects members that receive in different orders", () => {
	const { room, members, verify } = fourSent();
	room.deliver(members[0], [0, 1]);
	room.deliver(members[1], [1, 0]);
	assert.match(verify().fault ?? "", /received message 1 where others received 0/);
});

test("detects a duplicate, also if all members receive it twice", () => {
	const { room, members, verify } = fourSent();
	for (const member of members) room.deliver(member, [0, 0]);
	assert.match(verify().fault ?? "", /message 0 came after 0/);
});

test("detects one sender's messages out of order, also if all members receive them so", () => {
	const { room, members, verify } = fourSent();
	for (const member of members) room.deliver(member, [2, 1, 0, 3]);
	assert.match(verify().fault ?? "", /message 0 came after 2/);
});

test("detects a message that is delivered in another room", () => {
	const { sent, counter, room, members } = fourSent();
	const other = new RoomVerifier("other", counter);
	other.deliver(other.addMember(), [0]);
	for (const member of members) room.deliver(member, [0, 1, 2, 3]);
	assert.match(
		verifyDeliveries([room, other], sent, counter, false).fault ?? "",
		/delivered in other, where it was not sent/,
	);
});

test("detects a message without an ack, if the server acks", () => {
	const { room, members, counter, verify } = fourSent();
	for (const member of members) room.deliver(member, [0, 1, 2, 3]);
	counter.acked = 3;
	assert.match(verify(true).fault ?? "", /Of 4 messages 3 were acked/);
});

test("a body has a fixed length and its number, and every character is verified", () => {
	for (const n of [0, 7, 12_345_678]) {
		assert.equal(bodyOf(n).length, BODY_CHARS);
		assert.equal(numberOf(bodyOf(n)), n);
	}
	assert.throws(() => numberOf(`${bodyOf(7).slice(0, -1)}?`), /never sent/);
	assert.throws(() => numberOf("not a number"), /never sent/);
});

test("times only the messages sent after the start of timing", () => {
	const sent = new SentMessages();
	const counter = new DeliveryCounter(sent);
	const room = new RoomVerifier("one", counter);
	sent.add(0, room, 0);
	const latency = counter.startTiming();
	sent.add(100, room, 0);
	counter.add(0, 150);
	counter.add(1, 150);
	assert.equal(latency.count, 1);
	assert.ok(Math.abs(latency.percentile(50) / 50 - 1) < 0.03);
});
