import { setTimeout as sleep } from "node:timers/promises";
import type { Contender } from "../contenders/contender.ts";
import { start } from "../contenders/server-process.ts";
import { watchGenerator } from "../measure/generator.ts";
import type { Latency } from "../measure/latency.ts";
import { watchOthers } from "../measure/others.ts";
import { usageOf } from "../measure/process.ts";
import { type Audience, type Seating, seat } from "../members/audience.ts";
import { startTraffic } from "../members/traffic.ts";
import { drained, verdictOf } from "./drain.ts";
import type { Metric, Outcome, Pace } from "./workload.ts";

export const FAN_OUT_METRICS: readonly Metric[] = [
	"cpuUsPerDelivery",
	"writesPerDelivery",
	"deliveriesPerS",
	"p50Ms",
	"p99Ms",
	"serverCpu",
];

/** Seats the members, then sends at each of the rates (messages a second, all rooms together) until one is too much. */
export async function fanOut(
	contender: Contender,
	seating: Seating,
	rates: readonly number[],
	pace: Pace,
): Promise<Outcome[]> {
	const server = await start(contender.program());
	try {
		const tokens = await contender.admit?.(server, seating.rooms * seating.membersPerRoom);
		const audience = await seat(contender.wire, server.port, seating, tokens);
		try {
			const outcomes: Outcome[] = [];
			for (const rate of rates) {
				const outcome = await atRate(rate, audience, server.pid, contender.wire.acks, pace);
				outcomes.push(outcome);
				if (outcome.verdict !== "verified") break;
			}
			return outcomes;
		} finally {
			audience.close();
		}
	} finally {
		await server.kill();
	}
}

async function atRate(rate: number, audience: Audience, pid: number, acks: boolean, pace: Pace): Promise<Outcome> {
	const { tally, timeline } = audience;
	const traffic = startTraffic(audience, rate);
	await sleep(pace.warmUpMs);

	const before = { ...usageOf(pid), at: performance.now(), delivered: tally.delivered, sent: timeline.length };
	const latency = tally.startTiming();
	const generator = watchGenerator();
	const others = watchOthers(pid);
	await sleep(pace.measureMs);
	const after = { ...usageOf(pid), at: performance.now(), delivered: tally.delivered };
	const offered = expectedFrom(before.sent, audience);
	const conditions = { generator: generator(), others: others() };
	traffic.stop();

	const { missing, fault } = await drained(audience, acks, pace.drainMs);
	const elapsedMs = after.at - before.at;
	const delivered = after.delivered - before.delivered;
	const cpuUs = after.cpuUs - before.cpuUs;
	return {
		...verdictOf(missing, fault, pace.drainMs, (1 - delivered / offered) * elapsedMs),
		rate,
		conditions,
		metrics: {
			cpuUsPerDelivery: cpuUs / delivered,
			...writes(after.writeCalls - before.writeCalls, delivered),
			deliveriesPerS: (delivered / elapsedMs) * 1_000,
			...percentiles(latency, offered),
			serverCpu: cpuUs / 1_000 / elapsedMs,
		},
	};
}

/** Bun sends by a call that Linux does not count among writes: none at all means not known. */
function writes(calls: number, delivered: number): { writesPerDelivery?: number } {
	return calls === 0 ? {} : { writesPerDelivery: calls / delivered };
}

function percentiles(latency: Latency, expected: number) {
	return { p50Ms: latency.percentile(50, expected), p99Ms: latency.percentile(99, expected) };
}

/** How many deliveries the messages from number `from` on come to. */
function expectedFrom(from: number, { timeline }: Audience): number {
	return timeline.rooms.slice(from).reduce((sum, room) => sum + room.places.length, 0);
}
