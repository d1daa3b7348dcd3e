import { setTimeout as sleep } from "node:timers/promises";
import type { Contender } from "../contenders/contender.ts";
import { start } from "../contenders/server-process.ts";
import { watchGenerator } from "../measure/generator.ts";
import { watchOthers } from "../measure/others.ts";
import { residentBytes, usageOf } from "../measure/process.ts";
import { type Audience, seatBare } from "../members/audience.ts";
import { drained, verdictOf } from "./drain.ts";
import { everyone, type Outcome, type Pace, type Workload } from "./workload.ts";

const PEOPLE = 10_000;
/** Presence is told in windows: the last one of the storm belongs to it. */
const LAST_WINDOW_MS = 1_000;

export const storm: Workload = {
	id: "storm",
	title: "10,000 people join one room at once, then stay idle",
	metrics: ["cpuUsPerJoin", "presencePackets", "residentKbPerConnection"],
	entries: everyone(async (contender, pace) => [await joinAndStay(contender, PEOPLE, pace)]),
};

/** Sessions are made before the clock starts: what is measured is the connection, the check of its session and the join. */
export async function joinAndStay(contender: Contender, people: number, pace: Pace): Promise<Outcome> {
	const server = await start(contender.program());
	try {
		const tokens = await contender.admit?.(server, people);
		await sleep(pace.settleMs);
		const before = { ...usageOf(server.pid), resident: residentBytes(server.pid) };
		const generator = watchGenerator();
		const others = watchOthers(server.pid);
		const audience = await seatBare(contender.wire, server.port, { rooms: 1, membersPerRoom: people }, tokens);
		try {
			await sleep(LAST_WINDOW_MS);
			const conditions = { generator: generator(), others: others() };
			const joined = usageOf(server.pid);
			await sleep(pace.settleMs);
			const resident = residentBytes(server.pid);
			return {
				...(await everybodyHears(audience, contender.wire.acks, pace.drainMs)),
				conditions,
				metrics: {
					cpuUsPerJoin: (joined.cpuUs - before.cpuUs) / people,
					presencePackets: audience.tally.presencePackets,
					residentKbPerConnection: (resident - before.resident) / 1_024 / people,
				},
			};
		} finally {
			audience.close();
		}
	} finally {
		await server.kill();
	}
}

/** The proof that all of them are in: one message, and every member gets it. */
async function everybodyHears(audience: Audience, acks: boolean, drainMs: number) {
	const [room] = audience.rooms;
	audience.speakers[0]![0]!.say(audience.timeline.add(performance.now(), room!, 0));
	const { missing, fault } = await drained(audience, acks, drainMs);
	return verdictOf(missing, fault, drainMs);
}
