import { mebibytes, spread } from "../../chaos/report/figures.ts";
import type { Measured } from "../run/siege.ts";

/** What was measured, in words with units. */
export function figuresOf({ account, calm, during, memory, lag, cpuShare, cuts }: Measured): Record<string, string> {
	return {
		tried: `${whole(account.tried)} ${account.of}`,
		"let through": whole(account.through),
		refused: whole(account.refused),
		cut: whole(cutOf({ account, cuts })),
		memory: `${mebibytes(memory.beforeBytes)}, at most ${mebibytes(memory.peakBytes)}, then ${mebibytes(memory.afterBytes)}`,
		lag: `p99 ${Math.round(lag.p99Ms)} ms, max ${Math.round(lag.maxMs)} ms`,
		cpu: `${Math.round(cpuShare * 100)} %`,
		"ack before": spread(calm.ackMs, "p99"),
		"ack during": spread(during.ackMs, "p99"),
		"delivery before": spread(calm.deliveryMs, "p99"),
		"delivery during": spread(during.deliveryMs, "p99"),
	};
}

/** Lines that were cut, as the attackers saw it and as the server counts it: a line that is not read does not tell. */
export function cutOf({ account, cuts }: Pick<Measured, "account" | "cuts">): number {
	const counted = Object.values(cuts).reduce((sum, count) => sum + count, 0);
	return Math.max(account.cut, counted);
}

export function whole(count: number): string {
	return count.toLocaleString("en");
}
