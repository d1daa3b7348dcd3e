import { performance } from "node:perf_hooks";
// Deno's global setTimeout returns a number, which has no unref.
import { clearTimeout, setTimeout } from "node:timers";
import type { Clock } from "./room/ports/clock.ts";

/** The clock of the machine. */
export const systemClock: Clock = {
	now: () => Date.now(),
	monotonic: () => performance.now(),
	after(ms, task) {
		const timer = setTimeout(task, ms).unref();
		return () => clearTimeout(timer);
	},
};
