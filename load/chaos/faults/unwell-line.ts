import type { Socket } from "node:net";
import type { Random } from "../schedule/random.ts";

/** What a line suffers from: delay, bytes that come one at a time, an end in the middle of something. */
export type Ailment = { delayMs: number; crumbs: boolean; resetAfterBytes: number };

export const WELL: Ailment = { delayMs: 0, crumbs: false, resetAfterBytes: Number.POSITIVE_INFINITY };

/** More than this comes in one piece even on a line of crumbs: a page of history byte by byte would take minutes. */
const MOST_CRUMBS = 600;

export function drawAilment(random: Random): Ailment {
	return {
		delayMs: random.chance(0.6) ? random.between(1, 120) : 0,
		crumbs: random.chance(0.4),
		resetAfterBytes: random.chance(0.8) ? random.between(200, 60_000) : Number.POSITIVE_INFINITY,
	};
}

/** Passes on what comes from either end, as well as it can; `onReset` is told when it breaks. */
export function join(ends: readonly [Socket, Socket], ailment: Ailment, random: Random, onReset: () => void): void {
	let bytesLeft = ailment.resetAfterBytes;
	for (const [from, to] of [ends, [ends[1], ends[0]] as const]) {
		const after = inOrder(ailment.delayMs, random);
		from.on("data", (chunk: Buffer) => {
			if (bytesLeft <= 0) return;
			bytesLeft -= chunk.length;
			if (bytesLeft > 0) {
				after(() => write(to, chunk, ailment.crumbs));
				return;
			}
			after(() => {
				// In the middle of something: half of it has gone out.
				write(to, chunk.subarray(0, chunk.length >> 1), ailment.crumbs);
				for (const end of ends) end.resetAndDestroy();
				onReset();
			});
		});
		from.on("error", () => undefined);
		from.on("close", () => after(() => to.end()));
	}
}

/** Runs what it is given one after the other, each a random while after it came, and never before what came earlier. */
function inOrder(delayMs: number, random: Random): (task: () => void) => void {
	const waiting: (() => void)[] = [];
	return (task) => {
		waiting.push(task);
		setTimeout(() => waiting.shift()!(), random.next() * delayMs);
	};
}

function write(to: Socket, chunk: Buffer, crumbs: boolean): void {
	if (!to.writable) return;
	if (!crumbs || chunk.length > MOST_CRUMBS) {
		to.write(chunk);
		return;
	}
	for (let index = 0; index < chunk.length; index++) to.write(chunk.subarray(index, index + 1));
}
