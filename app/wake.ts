import { clearInterval, setInterval } from "node:timers";

const LOOK_EVERY_MS = 5_000;
/** A gap this long is no busy event loop: the machine was suspended, or its clock was set. */
const JUMP_MS = 30_000;

/**
 * Calls `onWake` when the wall clock has jumped: after a suspend, of which nothing else tells, the lines that look open
 * may be long dead. Answers how to stop looking.
 */
export function watchForWake(onWake: (jumpMs: number) => void): () => void {
	let lookedAt = Date.now();
	const timer = setInterval(() => {
		const jumpMs = Date.now() - lookedAt - LOOK_EVERY_MS;
		lookedAt = Date.now();
		if (Math.abs(jumpMs) > JUMP_MS) onWake(jumpMs);
	}, LOOK_EVERY_MS).unref();
	return () => clearInterval(timer);
}
