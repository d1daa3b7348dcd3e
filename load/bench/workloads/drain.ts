import { setTimeout as sleep } from "node:timers/promises";
import type { Audience } from "../members/audience.ts";
import { type Audit, audit } from "../members/audit.ts";
import type { Outcome } from "./workload.ts";

/** While nothing at all arrives for this long, nothing is on its way any more. */
const SILENCE_MS = 3_000;
const LOOK_MS = 50;
/** A server that falls further behind than this while it is measured can't keep up. */
const BEHIND_MS = 250;

/** Waits until everything has come, nothing comes any more, or the time is up. */
export async function drained({ rooms, timeline, tally }: Audience, acks: boolean, drainMs: number): Promise<Audit> {
	const deadline = performance.now() + drainMs;
	let lastDelivered = tally.delivered;
	let lastChange = performance.now();
	let found = audit(rooms, timeline, tally, acks);
	while (found.missing > 0 && found.fault === undefined && performance.now() < deadline) {
		await sleep(LOOK_MS);
		found = audit(rooms, timeline, tally, acks);
		if (tally.delivered !== lastDelivered) {
			lastDelivered = tally.delivered;
			lastChange = performance.now();
		} else if (performance.now() - lastChange > SILENCE_MS) {
			return { ...found, fault: `${found.missing} deliveries never came.` };
		}
	}
	return found;
}

/** `behindMs` is by how much the deliveries fell behind the messages while it was measured. */
export function verdictOf(
	missing: number,
	fault: string | undefined,
	drainMs: number,
	behindMs = 0,
): Pick<Outcome, "verdict" | "why"> {
	if (fault !== undefined) return { verdict: "void", why: fault };
	if (missing > 0) {
		const why = `${drainMs / 1_000} s after the last message ${missing} deliveries were still to come.`;
		return { verdict: "late", why };
	}
	if (behindMs <= BEHIND_MS) return { verdict: "verified" };
	return { verdict: "late", why: `all came, but it fell behind by ${Math.round(behindMs)} ms while it was measured.` };
}
