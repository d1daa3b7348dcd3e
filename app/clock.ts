import { performance } from "node:perf_hooks";
// Deno's global setTimeout answers a number, which has no unref.
import { clearTimeout, setTimeout } from "node:timers";
import type { Clock } from "./room/ports/clock.ts";

/** The machine's own clock. */
export const systemClock: Clock = {
	now: () => Date.now(),
	monotonic: () => performance.now(),
	after(ms, task) {
		const timer = setTimeout(task, ms).unref();
		return () => clearTimeout(timer);
	},
};
