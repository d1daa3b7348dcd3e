import type { Random } from "../../kit/random.ts";
import { RawConnection } from "../../kit/raw-connection.ts";
import { encodeFrame, type Frame, OPCODE } from "../../kit/wire.ts";
import { attackersAddress } from "../tools/addresses.ts";
import type { Attack } from "./attack.ts";

const CLOSED_WITHIN_MS = 1_000;
const FRAGMENTS = 5_000;
/** The most that a control frame may carry. */
const PING_BYTES = 125;
const PINGS_AT_ONCE = 500;

const { continuation, close, ping } = OPCODE;

function randomBytes(random: Random, count: number): Buffer {
	return Buffer.from(Array.from({ length: count }, () => random.between(0, 255)));
}

function frame(payload: Frame["payload"], options: Omit<Frame, "payload"> = {}): Buffer {
	return encodeFrame({ payload, ...options });
}

/** Bytes that no client may send on a WebSocket (RFC 6455). */
const INVALID: ((random: Random) => Buffer)[] = [
	() => frame("4", { isMasked: false }),
	(random) => frame("4", { reserved: random.pick([0x10, 0x20, 0x40, 0x70]) }),
	(random) => frame("4", { opcode: random.pick([3, 4, 5, 6, 7, 11, 12, 13, 14, 15]) }),
	() => frame(Buffer.of(0xc3, 0x28, 0xff, 0xfe)),
	() => frame("4", { declaredBytes: 2n ** 63n - 1n }),
	() => frame("4", { declaredBytes: 2n ** 64n - 1n }),
	() => frame("4", { declaredBytes: 70_000n }),
	() => frame("4", { opcode: continuation, isFinal: false }),
	() => Buffer.concat([frame("4", { isFinal: false }), frame("4")]),
	() =>
		Buffer.concat([
			frame("4", { isFinal: false }),
			...Array.from({ length: FRAGMENTS }, () => frame("x".repeat(20), { opcode: continuation, isFinal: false })),
		]),
	() => frame("x".repeat(126), { opcode: ping }),
	() => frame("x", { opcode: ping, isFinal: false }),
	() => frame(Buffer.of(0x03), { opcode: close }),
	() => frame(Buffer.of(0xff, 0xff), { opcode: close }),
	(random) => randomBytes(random, random.between(16, 4_096)),
];

export const rawFrames: Attack = {
	id: "frames",
	title:
		"WebSocket frames that break the rules: unmasked, reserved bits and opcodes, bad UTF-8, huge lengths, fragments",
	expected: "disconnected",
	unit: "connections",
	growthMiB: 224,
	hasToCount: "disconnected",
	async run(attack) {
		const { url, random, counts } = attack;
		await attack.repeat(16, async (turn) => {
			const connection = new RawConnection(url, attackersAddress(turn % 5));
			if ((await connection.upgrade()) === 101) {
				counts.tried++;
				connection.socket.resume();
				connection.write(INVALID[turn % INVALID.length]!(random));
				if (await connection.closes(CLOSED_WITHIN_MS)) counts.disconnected++;
			}
			connection.destroy();
		});
	},
};

export const unreadPings: Attack = {
	id: "pings",
	title: "WebSocket pings without end on 5 connections that do not read the answers",
	expected: "disconnected where more than 1 MiB of answers waits",
	unit: "pings",
	growthMiB: 224,
	async run(attack) {
		const { counts } = attack;
		const attackers = await attack.signIn(5);
		const pings = Buffer.concat(
			Array.from({ length: PINGS_AT_ONCE }, () => frame("p".repeat(PING_BYTES), { opcode: ping })),
		);
		await attack.repeat(attackers.length, async (turn) => {
			const client = await attack.connect(attackers[turn % attackers.length]!);
			const { raw } = client;
			client.stopReading();
			while (client.isOpen && !attack.isOver) {
				const hasRoom = raw.socket.write(pings);
				counts.tried += PINGS_AT_ONCE;
				if (hasRoom) continue;
				const drained = new Promise((resolve) => raw.socket.once("drain", resolve));
				await Promise.race([drained, raw.closes(CLOSED_WITHIN_MS)]);
			}
			if (!client.isOpen) counts.disconnected++;
			client.close();
		});
	},
};
