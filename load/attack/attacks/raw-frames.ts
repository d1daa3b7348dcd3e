import type { Random } from "../../chaos/schedule/random.ts";
import { attackersAddress } from "../tools/addresses.ts";
import { frame, PING, TEXT } from "../tools/frame.ts";
import { RawLine } from "../tools/raw-line.ts";
import type { Attack } from "./attack.ts";
import { attackers, emptyAccount, enter } from "./attackers.ts";
import { againAndAgain } from "./rhythm.ts";

const CONTINUATION = 0x00;
const UNFINISHED_TEXT = 0x01;
const CLOSE = 0x88;
const CUT_WITHIN_MS = 1_000;
const FRAGMENTS = 5_000;
/** The longest that a control frame may be. */
const PING_BYTES = 125;
const PINGS_AT_ONCE = 500;

function randomBytes(random: Random, count: number): Buffer {
	return Buffer.from(Array.from({ length: count }, () => random.between(0, 255)));
}

/** Bytes on a WebSocket that no client may send (RFC 6455), the first of them right away. */
const RECIPES: ((random: Random) => Buffer)[] = [
	() => frame("4", { masked: false }),
	(random) => frame("4", { first: TEXT | random.pick([0x10, 0x20, 0x40, 0x70]) }),
	(random) => frame("4", { first: 0x80 | random.pick([3, 4, 5, 6, 7, 11, 12, 13, 14, 15]) }),
	() => frame(Buffer.of(0xc3, 0x28, 0xff, 0xfe)),
	() => frame("4", { declared: 2n ** 63n - 1n }),
	() => frame("4", { declared: 2n ** 64n - 1n }),
	() => frame("4", { declared: 70_000n }),
	() => frame("4", { first: CONTINUATION }),
	() => Buffer.concat([frame("4", { first: UNFINISHED_TEXT }), frame("4", { first: TEXT })]),
	() =>
		Buffer.concat([
			frame("4", { first: UNFINISHED_TEXT }),
			...Array.from({ length: FRAGMENTS }, () => frame("x".repeat(20), { first: CONTINUATION })),
		]),
	() => frame("x".repeat(126), { first: PING }),
	() => frame("x", { first: PING & ~0x80 }),
	() => frame(Buffer.of(0x03), { first: CLOSE }),
	() => frame(Buffer.of(0xff, 0xff), { first: CLOSE }),
	(random) => randomBytes(random, random.between(16, 4_096)),
];

export const rawFrames: Attack = {
	id: "frames",
	title:
		"WebSocket frames that break the rules: unmasked, reserved bits and opcodes, bad UTF-8, huge lengths, fragments",
	expected: "the line is cut",
	growthMiB: 224,
	async run(field) {
		const account = emptyAccount("lines");
		await againAndAgain(field, 16, async (turn) => {
			const line = new RawLine(field.url, attackersAddress(turn % 5));
			if ((await line.upgrade()) === 101) {
				account.tried++;
				line.socket.resume();
				line.write(RECIPES[turn % RECIPES.length]!(field.random));
				if (await line.closes(CUT_WITHIN_MS)) account.cut++;
			}
			line.destroy();
		});
		return account;
	},
	judge: ({ cut }) => (cut === 0 ? ["No line was cut."] : []),
};

export const unreadPings: Attack = {
	id: "pings",
	title: "WebSocket pings without end on 5 lines that do not read the answers",
	expected: "cut where more than 1 MiB of answers waits",
	growthMiB: 224,
	async run(field) {
		const who = await attackers(field, 5);
		const account = emptyAccount("pings");
		const pings = Buffer.concat(
			Array.from({ length: PINGS_AT_ONCE }, () => frame("p".repeat(PING_BYTES), { first: PING })),
		);
		await againAndAgain(field, who.length, async (turn) => {
			const line = await enter(field, who[turn % who.length]!);
			line.deafen();
			while (line.isOpen && !field.isOver) {
				const hasRoom = line.raw.socket.write(pings);
				account.tried += PINGS_AT_ONCE;
				if (!hasRoom)
					await Promise.race([
						new Promise((resolve) => line.raw.socket.once("drain", resolve)),
						line.raw.closes(CUT_WITHIN_MS),
					]);
			}
			if (!line.isOpen) account.cut++;
			line.close();
		});
		return account;
	},
};
