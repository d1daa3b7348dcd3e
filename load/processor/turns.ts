import type { Row } from "../roster.ts";
import type { Settings } from "../settings.ts";

/**
 * When one user is meant to speak: milliseconds after the start. The schedule stands before the run begins, so a
 * chat that stalls can't slow down its own test: what comes late counts as late from here.
 *
 * `spread`: one turn in each interval of the user's, at a moment drawn by lot. `together`: everybody at its end.
 */
export function turns(row: Pick<Row, "user" | "place" | "speakers">, settings: Settings): number[] {
	if (row.place === -1 || settings.rate === 0) return [];
	const intervalMs = (1_000 * row.speakers) / settings.rate;
	const durationMs = 1_000 * settings.duration;
	const times: number[] = [];
	if (settings.pace === "together") {
		for (let at = Math.min(intervalMs, durationMs) / 2; at < durationMs; at += intervalMs) times.push(at);
		return times;
	}
	for (let turn = 0; turn * intervalMs < durationMs; turn++) {
		const at = (turn + lot(row.user, turn)) * intervalMs;
		if (at < durationMs) times.push(at);
	}
	return times;
}

/** A number from 0 to 1 that is the same in every run: two runs ask the same of two deployments. */
function lot(user: number, turn: number): number {
	let hash = Math.imul(user + 1, 0x9e37_79b1) ^ Math.imul(turn + 1, 0x85eb_ca6b);
	hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b_3c6d);
	hash = Math.imul(hash ^ (hash >>> 12), 0x297a_2d39);
	return ((hash ^ (hash >>> 15)) >>> 0) / 2 ** 32;
}
