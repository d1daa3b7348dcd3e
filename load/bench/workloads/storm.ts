import { setTimeout as sleep } from "node:timers/promises";
import { residentBytes, usageOf } from "../../kit/process-usage.ts";
import { watchConditions } from "../measure/conditions.ts";
import { connectMembers } from "../members/members.ts";
import { type Peer, startPeer } from "../peers/peer.ts";
import { verdictOf, waitForDeliveries } from "./wait-for-deliveries.ts";
import type { RunPlan, RunResult, Workload } from "./workload.ts";

const PEOPLE = 10_000;
/** The server sends presence changes in batches; the last one of the storm is within this time. */
const PRESENCE_DELAY_MS = 1_000;

export const storm: Workload = {
	id: "storm",
	title: "10,000 people join one room at once, then stay idle",
	metrics: ["cpuUsPerJoin", "presencePackets", "residentKbPerConnection"],
	measuresNoise: true,
	run: async (peer, plan) => [await joinStorm(peer, PEOPLE, plan)],
};

/** Measures connection, check of the session, and join. The sessions are created before the measurement. */
export async function joinStorm(peer: Peer, people: number, plan: RunPlan): Promise<RunResult> {
	await using server = await startPeer(await peer.program());
	const tokens = await peer.createSessions?.(server.url, people);
	await sleep(plan.settleMs);
	const before = { ...usageOf(server.pid), resident: residentBytes(server.pid) };
	const watched = watchConditions(server.pid);
	const members = await connectMembers(peer.protocol, server.port, { rooms: 1, membersPerRoom: people }, tokens, 0);
	try {
		await sleep(PRESENCE_DELAY_MS);
		const conditions = watched();
		const joined = usageOf(server.pid);
		await sleep(plan.settleMs);
		const resident = residentBytes(server.pid);
		// One message that every member receives shows that all have joined.
		members.senders[0]![0]!.send(members.sent.add(performance.now(), members.rooms[0]!, 0));
		const verification = await waitForDeliveries(members, peer.protocol.acks, plan.drainMs);
		return {
			...verdictOf(verification, plan.drainMs),
			conditions,
			metrics: {
				cpuUsPerJoin: (joined.cpuUs - before.cpuUs) / people,
				presencePackets: members.counter.presencePackets,
				residentKbPerConnection: (resident - before.resident) / 1_024 / people,
			},
		};
	} finally {
		members.close();
	}
}
