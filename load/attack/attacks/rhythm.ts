import { setTimeout as sleep } from "node:timers/promises";
import type { Field } from "./attack.ts";

const TICK_MS = 10;

/** Does it so often a second until the time is over, in small heaps. */
export async function atRate(field: Field, perSecond: number, act: () => void): Promise<void> {
	const startedAt = performance.now();
	for (let done = 0; !field.isOver; await sleep(TICK_MS)) {
		const due = ((performance.now() - startedAt) / 1_000) * perSecond;
		for (; done < due; done++) act();
	}
}

/** Does it again and again until the time is over, so many of them at once. */
export async function againAndAgain(field: Field, atOnce: number, act: (turn: number) => Promise<void>): Promise<void> {
	let turn = 0;
	const one = async () => {
		while (!field.isOver) await act(turn++);
	};
	await Promise.all(Array.from({ length: atOnce }, one));
}

/** Waits until the time is over. */
export async function untilOver(field: Field): Promise<void> {
	while (!field.isOver) await sleep(TICK_MS);
}
