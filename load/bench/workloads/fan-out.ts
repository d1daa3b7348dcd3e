import { setTimeout as sleep } from "node:timers/promises";
import type { Latency } from "../../kit/latency.ts";
import { usageOf } from "../../kit/process-usage.ts";
import { watchConditions } from "../measure/conditions.ts";
import { type BenchMembers, connectMembers, type RoomLayout } from "../members/members.ts";
import { startTraffic } from "../members/traffic.ts";
import { type Peer, startPeer } from "../peers/peer.ts";
import { verdictOf, waitForDeliveries } from "./wait-for-deliveries.ts";
import type { Metric, RunPlan, RunResult } from "./workload.ts";

export const FAN_OUT_METRICS: readonly Metric[] = [
	"cpuUsPerDelivery",
	"writesPerDelivery",
	"deliveriesPerS",
	"p50Ms",
	"p99Ms",
	"serverCpu",
];

/** Connects the members, then sends at each rate (messages a second, all rooms together) until the server is late. */
export async function runFanOut(
	peer: Peer,
	layout: RoomLayout,
	rates: readonly number[],
	plan: RunPlan,
): Promise<RunResult[]> {
	await using server = await startPeer(await peer.program());
	const tokens = await peer.createSessions?.(server.url, layout.rooms * layout.membersPerRoom);
	const members = await connectMembers(peer.protocol, server.port, layout, tokens);
	try {
		const results: RunResult[] = [];
		for (const rate of rates) {
			const result = await measureRate(rate, members, server.pid, peer.protocol.acks, plan);
			results.push(result);
			if (result.verdict !== "verified") break;
		}
		return results;
	} finally {
		members.close();
	}
}

async function measureRate(
	rate: number,
	members: BenchMembers,
	pid: number,
	acks: boolean,
	plan: RunPlan,
): Promise<RunResult> {
	const { counter, sent } = members;
	const stopTraffic = startTraffic(members, rate);
	await sleep(plan.warmUpMs);

	const before = { ...usageOf(pid), at: performance.now(), delivered: counter.delivered, sent: sent.length };
	const latency = counter.startTiming();
	const conditions = watchConditions(pid);
	await sleep(plan.measureMs);
	const after = { ...usageOf(pid), at: performance.now(), delivered: counter.delivered };
	const expected = deliveriesFrom(before.sent, members);
	const result = { rate, conditions: conditions() };
	stopTraffic();

	const verification = await waitForDeliveries(members, acks, plan.drainMs);
	const elapsedMs = after.at - before.at;
	const delivered = after.delivered - before.delivered;
	const cpuUs = after.cpuUs - before.cpuUs;
	const writeCalls = after.writeCalls - before.writeCalls;
	return {
		...verdictOf(verification, plan.drainMs, (1 - delivered / expected) * elapsedMs),
		...result,
		metrics: {
			cpuUsPerDelivery: cpuUs / delivered,
			// Linux does not count the call by which Bun sends: without any write calls the figure is unknown.
			...(writeCalls > 0 && { writesPerDelivery: writeCalls / delivered }),
			deliveriesPerS: (delivered / elapsedMs) * 1_000,
			...percentiles(latency, expected),
			serverCpu: cpuUs / 1_000 / elapsedMs,
		},
	};
}

function percentiles(latency: Latency, expected: number) {
	return { p50Ms: latency.percentile(50, expected), p99Ms: latency.percentile(99, expected) };
}

/** Returns the number of deliveries that the messages from number `first` on should cause. */
function deliveriesFrom(first: number, { sent }: BenchMembers): number {
	return sent.rooms.slice(first).reduce((sum, room) => sum + room.cursors.length, 0);
}
