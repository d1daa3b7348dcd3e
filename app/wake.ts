import { clearInterval, setInterval } from "node:timers";

const CHECK_EVERY_MS = 5_000;
/** A busy event loop is never late by this much: the machine was suspended, or its clock was set. */
const JUMP_MS = 30_000;

/**
 * Calls `onWake` when the wall clock has jumped. It is the only sign of a suspend, after which connections may be dead
 * without an error. Returns a function that stops it.
 */
export function watchForWake(onWake: (jumpMs: number) => void): () => void {
	let checkedAt = Date.now();
	const timer = setInterval(() => {
		const jumpMs = Date.now() - checkedAt - CHECK_EVERY_MS;
		checkedAt = Date.now();
		if (Math.abs(jumpMs) > JUMP_MS) onWake(jumpMs);
	}, CHECK_EVERY_MS).unref();
	return () => clearInterval(timer);
}
