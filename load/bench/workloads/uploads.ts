import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { REPORTS_FOLDER } from "../../kit/cli.ts";
import type { Latency } from "../../kit/latency.ts";
import { MemoryWatch } from "../../kit/memory-watch.ts";
import { usageOf } from "../../kit/process-usage.ts";
import { MIB } from "../../kit/report.ts";
import { TempFolder } from "../../kit/temp-folder.ts";
import { watchConditions } from "../measure/conditions.ts";
import { type BenchMembers, connectMembers } from "../members/members.ts";
import { startTraffic } from "../members/traffic.ts";
import { type Peer, startPeer } from "../peers/peer.ts";
import { Uploader } from "./upload-batch.ts";
import { verdictOf, waitForDeliveries } from "./wait-for-deliveries.ts";
import type { RunPlan, RunResult, Workload } from "./workload.ts";

/** Uploads at once, and one upload at a time. */
export type UploadLoad = { people: number; perPerson: number; bytes: number; single: { count: number; bytes: number } };

const MEMBERS = 50;
const PER_S = 50;
const SAMPLE_MS = 10;
const LOAD: UploadLoad = {
	people: 40,
	perPerson: 5,
	bytes: 5_000_000,
	single: { count: 20, bytes: 25_000_000 },
};
/** Bytes of a file before the measurement, which compiles the server's code. */
const WARM_UP_BYTES = 100_000;
const BARE_SERVER = fileURLToPath(new URL("../peers/bare-upload.server.js", import.meta.url));

export const uploads: Workload = {
	id: "uploads",
	title: `200 uploads of 5 MB at once, beside a room of ${MEMBERS} with ${PER_S} messages a second; and 25 MB, one at a time`,
	metrics: ["residentGrowthMib", "p99Ms", "p99ToQuiet", "cpuToBare"],
	measuresNoise: true,
	isOursOnly: true,
	run: async (peer, plan) => [await measureUploads(peer, LOAD, plan)],
};

/** Measures what uploads cost the chat beside them, and the server. */
export async function measureUploads(peer: Peer, load: UploadLoad, plan: RunPlan): Promise<RunResult> {
	const program = await peer.program();
	await using server = await startPeer({ ...program, env: { ...program.env, LIMIT_FILES_BYTES: "0" } });
	const tokens = await peer.createSessions!(server.url, MEMBERS + load.people);
	const layout = { rooms: 1, membersPerRoom: MEMBERS };
	const members = await connectMembers(peer.protocol, server.port, layout, tokens);
	const people = tokens.slice(MEMBERS);
	await using uploader = new Uploader(server.port);
	try {
		await uploader.upload({ tokens: people, perToken: load.perPerson, bytes: WARM_UP_BYTES });
		await chat(members, plan, sleep(plan.warmUpMs));
		const watched = watchConditions(server.pid);
		const quiet = await chat(members, plan, sleep(plan.measureMs));
		using memory = new MemoryWatch(server.pid, SAMPLE_MS);
		const beforeBytes = memory.now();
		const beside = await chat(
			members,
			plan,
			uploader.upload({ tokens: people, perToken: load.perPerson, bytes: load.bytes }),
		);
		const residentGrowthMib = (memory.peakBytes - beforeBytes) / MIB;
		const conditions = watched();
		const verification = await waitForDeliveries(members, peer.protocol.acks, plan.drainMs);
		const cpuToBare = await compareWithBare(server.pid, uploader, people[0]!, load.single);
		const p99Ms = beside.percentile(99);
		return {
			...verdictOf(verification, plan.drainMs),
			conditions,
			metrics: { residentGrowthMib, p99Ms, p99ToQuiet: p99Ms / quiet.percentile(99), cpuToBare },
		};
	} finally {
		members.close();
	}
}

/** Sends messages until `ended` resolves. Resolves with their latencies. */
async function chat(members: BenchMembers, { drainMs }: RunPlan, ended: Promise<unknown>): Promise<Latency> {
	const latency = members.counter.startTiming();
	const stopTraffic = startTraffic(members, PER_S);
	await ended.finally(stopTraffic);
	await waitForDeliveries(members, false, drainMs);
	return latency;
}

/** Uploads to the chat and to a bare server in turn. Resolves with the ratio of their CPU times. */
async function compareWithBare(
	pid: number,
	uploader: Uploader,
	token: string,
	{ count, bytes }: UploadLoad["single"],
): Promise<number> {
	using folder = new TempFolder("bare-", REPORTS_FOLDER);
	await using bare = await startPeer({ command: [process.execPath, BARE_SERVER], env: { FOLDER: folder.path } });
	await using bareUploader = new Uploader(bare.port);
	const cpuUs = [0, 0] as [number, number];
	const sides = [
		{ pid, uploader },
		{ pid: bare.pid, uploader: bareUploader },
	];
	for (let turn = 0; turn <= count; turn++) {
		for (const [side, { pid, uploader }] of sides.entries()) {
			const before = usageOf(pid).cpuUs;
			await uploader.upload({ tokens: [token], perToken: 1, bytes });
			// The first turn compiles the code.
			if (turn > 0) cpuUs[side]! += usageOf(pid).cpuUs - before;
		}
	}
	return cpuUs[0] / cpuUs[1];
}
