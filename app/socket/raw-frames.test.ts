/** Invalid WebSocket frames: each ends its own connection with the code of RFC 6455, and affects no other client. */
import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { once } from "node:events";
import { describe, test } from "node:test";
import { encodeFrame, OPCODE } from "../../load/kit/wire.ts";
import { startServer } from "../testing/harness.ts";
import { openChat } from "../testing/open-chat.ts";
import { RawClient } from "../testing/raw-client.ts";

const PROTOCOL_ERROR = 1002;
const NOT_UTF8 = 1007;
const POLICY = 1008;
const TOO_BIG = 1009;
const PACKET_BYTES = 65_536;
/** More fragments than `ws` accepts per message; its default is 131,072. */
const MANY_FRAGMENTS = 140_000;

const { continuation, text, binary, close, ping, pong } = OPCODE;
const start = (payload: string | Uint8Array) => encodeFrame({ payload, isFinal: false });
const next = (payload: string | Uint8Array, isFinal = false) => encodeFrame({ payload, opcode: continuation, isFinal });

const WRONG: [what: string, bytes: Buffer, code: number][] = [
	["a frame without a mask", encodeFrame({ payload: "42[]", isMasked: false }), PROTOCOL_ERROR],
	...[0x40, 0x20, 0x10, 0x70].map((reserved): [string, Buffer, number] => [
		`reserved bits 0x${reserved.toString(16)}`,
		encodeFrame({ payload: "2", reserved }),
		PROTOCOL_ERROR,
	]),
	...[3, 4, 5, 6, 7, 11, 12, 13, 14, 15].map((opcode): [string, Buffer, number] => [
		`the reserved opcode ${opcode}`,
		encodeFrame({ payload: "2", opcode }),
		PROTOCOL_ERROR,
	]),
	...[close, ping, pong].flatMap((opcode): [string, Buffer, number][] => [
		[`control frame ${opcode} in pieces`, encodeFrame({ payload: "", opcode, isFinal: false }), PROTOCOL_ERROR],
		[`control frame ${opcode} of 126 bytes`, encodeFrame({ payload: "x".repeat(126), opcode }), PROTOCOL_ERROR],
	]),
	["a continuation of nothing", next("x", true), PROTOCOL_ERROR],
	["a new text within a text", Buffer.concat([start("4"), encodeFrame({ payload: "2" })]), PROTOCOL_ERROR],
	["bytes within a text", Buffer.concat([start("4"), encodeFrame({ payload: "2", opcode: binary })]), PROTOCOL_ERROR],
	["a close of one byte", encodeFrame({ payload: "x", opcode: close }), PROTOCOL_ERROR],
	...[0, 999, 1004, 1005, 1006, 1015, 2_999, 5_000, 65_535].map((code): [string, Buffer, number] => [
		`a close with the code ${code}`,
		encodeFrame({ payload: Uint8Array.of(code >> 8, code & 0xff), opcode: close }),
		PROTOCOL_ERROR,
	]),
	...(
		[
			["a lone continuation byte", [0x80]],
			["a character that breaks off", [0xe2, 0x82]],
			["an overlong slash", [0xc0, 0xaf]],
			["an overlong NUL", [0xe0, 0x80, 0x80]],
			["half a surrogate pair", [0xed, 0xa0, 0x80]],
			["a character beyond U+10FFFF", [0xf4, 0x90, 0x80, 0x80]],
			["a byte that UTF-8 never has", [0xff]],
		] as const
	).map(([what, bytes]): [string, Buffer, number] => [
		what,
		encodeFrame({ payload: Uint8Array.of(0x34, ...bytes) }),
		NOT_UTF8,
	]),
	[
		"a bad character that is split over two pieces",
		Buffer.concat([start(Uint8Array.of(0x34, 0xed)), next(Uint8Array.of(0xa0, 0x80), true)]),
		NOT_UTF8,
	],
	[
		"a close whose reason is no UTF-8",
		encodeFrame({ payload: Uint8Array.of(0x03, 0xe8, 0xff), opcode: close }),
		NOT_UTF8,
	],
	["one byte too many, announced", encodeFrame({ payload: "", declaredBytes: BigInt(PACKET_BYTES + 1) }), TOO_BIG],
	["4 GiB, announced", encodeFrame({ payload: "", declaredBytes: 2n ** 32n }), TOO_BIG],
	["more than Number.MAX_SAFE_INTEGER, announced", encodeFrame({ payload: "", declaredBytes: 2n ** 63n }), TOO_BIG],
	["all bits of the length set", encodeFrame({ payload: "", declaredBytes: 2n ** 64n - 1n }), TOO_BIG],
	[
		"pieces that are too much together",
		Buffer.concat([start("x".repeat(40_000)), next("x".repeat(40_000), true)]),
		TOO_BIG,
	],
	[
		"a message in endless empty pieces",
		Buffer.concat([start(""), ...Array<Buffer>(MANY_FRAGMENTS).fill(next(""))]),
		POLICY,
	],
];

/** Returns the code of the server's close frame. */
function closeCode(received: Buffer): number | undefined {
	// A server's frames are unmasked, and its close frames have two bytes: the code.
	const at = received.lastIndexOf(Buffer.of(0x88, 2));
	return at < 0 ? undefined : received.readUInt16BE(at + 2);
}

describe("raw WebSocket frames", () => {
	test("E1 an invalid frame ends its own connection with the code for it, and no other", async (t) => {
		const server = await startServer(t);
		const ada = await server.client("ada");
		await ada.join("lobby");
		const { token } = await server.signIn("eve");
		for (const [what, bytes, code] of WRONG) {
			const eve = await RawClient.open(server.url, token);
			const ended = once(eve.socket, "close");
			eve.socket.write(bytes);
			await ended;
			assert.equal(closeCode(eve.received), code, what);
			await ada.send("lobby", `still here after ${what}`);
		}
		await ada.until(() => server.io.engine.clientsCount === 1, "the end of every other connection");
	});

	test("E1 unusual valid frames are accepted", async (t) => {
		const server = await openChat(t);
		const { token } = await server.signIn("eve");
		const eve = await RawClient.open(server.url, token);
		const join = '420["room:join",{"room":"lobby"}]';
		// A ping between the fragments, an empty fragment, and a character that is split in two.
		const message = Buffer.from('421["room:join",{"room":"kå"}]');
		const split = message.indexOf(0xc3) + 1;
		eve.socket.write(
			Buffer.concat([
				start(join.slice(0, 5)),
				encodeFrame({ payload: "are you there?", opcode: ping }),
				next(""),
				next(join.slice(5), true),
				encodeFrame({ payload: message.subarray(0, split), opcode: text, isFinal: false }),
				next(message.subarray(split), true),
				encodeFrame({ payload: "nobody asked", opcode: pong }),
			]),
		);
		await eve.until("are you there?");
		await eve.until('430[{"ok":true,"data":{"room":"lobby"');
		await eve.until('431[{"ok":true,"data":{"room":"kå"');
	});

	test("S6 an incomplete frame costs no more than a connection", async (t) => {
		const server = await startServer(t);
		const { token } = await server.signIn("eve");
		const eve = await RawClient.open(server.url, token);
		const whole = encodeFrame({ payload: `42["x","${"x".repeat(1_000)}"]` });
		eve.socket.write(whole.subarray(0, 500));
		const ada = await server.client("ada");
		await ada.join("lobby");
		await ada.send("lobby", "still here");
		eve.socket.destroy();
		await ada.until(() => server.io.engine.clientsCount === 1, "the end of eve's connection");
	});
});
