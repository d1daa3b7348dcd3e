import { setTimeout as sleep } from "node:timers/promises";
import type { BenchMembers } from "../members/members.ts";
import { type Verification, verifyDeliveries } from "../members/verify.ts";
import type { RunResult } from "./workload.ts";

/** After this time without any delivery, the missing ones are lost. */
const SILENCE_MS = 3_000;
const POLL_MS = 50;
/** A server that falls further behind during the measurement is late. */
const MAX_BEHIND_MS = 250;

/** Waits until all deliveries have arrived, none has arrived for {@link SILENCE_MS}, or `drainMs` is over. */
export async function waitForDeliveries(members: BenchMembers, acks: boolean, drainMs: number): Promise<Verification> {
	const { rooms, sent, counter } = members;
	const deadline = performance.now() + drainMs;
	let lastDelivered = counter.delivered;
	let lastChange = performance.now();
	let found = verifyDeliveries(rooms, sent, counter, acks);
	while (found.missing > 0 && found.fault === undefined && performance.now() < deadline) {
		await sleep(POLL_MS);
		found = verifyDeliveries(rooms, sent, counter, acks);
		if (counter.delivered !== lastDelivered) {
			lastDelivered = counter.delivered;
			lastChange = performance.now();
		} else if (performance.now() - lastChange > SILENCE_MS) {
			return { ...found, fault: `${found.missing} deliveries never arrived.` };
		}
	}
	return found;
}

/** @param behindMs how far deliveries fell behind the messages during the measurement */
export function verdictOf(
	{ missing, fault }: Verification,
	drainMs: number,
	behindMs = 0,
): Pick<RunResult, "verdict" | "why"> {
	if (fault !== undefined) return { verdict: "void", why: fault };
	if (missing > 0) {
		const why = `${drainMs / 1_000} s after the last message ${missing} deliveries had not arrived.`;
		return { verdict: "late", why };
	}
	if (behindMs <= MAX_BEHIND_MS) return { verdict: "verified" };
	return { verdict: "late", why: `all deliveries arrived, up to ${Math.round(behindMs)} ms behind.` };
}
