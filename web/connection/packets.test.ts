import assert from "node:assert/strict";
import { test } from "node:test";
import { Decoder, Encoder, PacketType } from "socket.io-parser";
import { asRefusal, PACKET, packetOf, parsePacket } from "./packets.ts";

test("events and acks are written and read as by socket.io-parser", () => {
	const decoder = new Decoder();
	const decoded: unknown[] = [];
	decoder.on("decoded", (packet) => decoded.push(packet));
	decoder.add(packetOf(PACKET.event, ["message:send", { body: '1["\n' }], 12).slice(1));
	decoder.add(packetOf(PACKET.connect, { v: 1 }).slice(1));
	assert.deepEqual(decoded, [
		{ type: PacketType.EVENT, nsp: "/", id: 12, data: ["message:send", { body: '1["\n' }] },
		{ type: PacketType.CONNECT, nsp: "/", data: { v: 1 } },
	]);

	const encoder = new Encoder();
	const [event] = encoder.encode({ type: PacketType.EVENT, nsp: "/", data: ["room:appended", { room: "a" }] });
	assert.deepEqual(parsePacket(`4${event}`), {
		type: PACKET.event,
		id: undefined,
		content: ["room:appended", { room: "a" }],
	});
	const [ack] = encoder.encode({ type: PacketType.ACK, nsp: "/", id: 7, data: [{ ok: true }] });
	assert.deepEqual(parsePacket(`4${ack}`), { type: PACKET.ack, id: 7, content: [{ ok: true }] });
});

test("what is no packet is refused, and what has no content is read", () => {
	for (const data of ["", "x", "7", "45-[]", "42{}", "43null", "42[", "0{", new ArrayBuffer(1), undefined]) {
		assert.equal(parsePacket(data), undefined, String(data));
	}
	assert.deepEqual(parsePacket("2"), { type: PACKET.ping, id: undefined, content: undefined });
	assert.deepEqual(parsePacket("41"), { type: PACKET.disconnect, id: undefined, content: undefined });
});

test("only data with a code is a refusal", () => {
	const refusal = { code: "unauthorized", message: "Sign in.", retryable: false };
	assert.equal(asRefusal(refusal), refusal);
	for (const data of [undefined, null, "no", {}]) assert.equal(asRefusal(data), undefined);
});
