import type { Settings } from "../command-line/settings.ts";
import { Random } from "../kit/random.ts";
import type { Row } from "../plan/roster.ts";

/**
 * Returns when one user is to send, in milliseconds after the start. The schedule is fixed before the run begins, so that
 * a stalled chat does not slow down its own test: latency counts from the scheduled time (no coordinated omission).
 *
 * `spread`: one send in each interval, at a random moment that is the same in every run. `together`: all users at once.
 */
export function scheduleOf(row: Pick<Row, "user" | "place" | "speakers">, settings: Settings): number[] {
	if (row.place === -1 || settings.rate === 0) return [];
	const intervalMs = (1_000 * row.speakers) / settings.rate;
	const durationMs = 1_000 * settings.duration;
	const times: number[] = [];
	if (settings.pace === "together") {
		for (let at = Math.min(intervalMs, durationMs) / 2; at < durationMs; at += intervalMs) times.push(at);
		return times;
	}
	const random = new Random(`user ${row.user}`);
	for (let interval = 0; interval * intervalMs < durationMs; interval++) {
		const at = (interval + random.next()) * intervalMs;
		if (at < durationMs) times.push(at);
	}
	return times;
}
