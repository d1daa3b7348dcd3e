import { setTimeout as sleep } from "node:timers/promises";
import { BadInput } from "../../kit/cli.ts";
import { DISTURBING_SHARE, disturbanceOf, watchOtherLoad } from "../measure/conditions.ts";
import { oursAgain } from "../peers/ours.ts";
import type { Peer } from "../peers/peer.ts";
import { hubbub } from "../protocols/hubbub.ts";
import type { RunPlan, RunResult, Workload } from "../workloads/workload.ts";

const QUIET_SAMPLE_MS = 500;

/** The results of one server under one workload, by round. */
export type PeerResults = { id: string; title: string; rounds: RunResult[][] };
export type WorkloadResults = { id: string; title: string; metrics: Workload["metrics"]; rows: PeerResults[] };

export type OnRun = (run: {
	workload: Workload;
	round: number;
	peer: Peer;
	done: number;
	of: number;
	results: RunResult[];
}) => void;

/**
 * Runs each workload `rounds` times with all peers in turn. Each round starts with another peer, so that changes of the
 * machine over time affect all alike.
 */
export async function runRounds(
	workloads: readonly Workload[],
	peers: readonly Peer[],
	rounds: number,
	plan: RunPlan,
	onRun: OnRun,
): Promise<WorkloadResults[]> {
	const peersOf = ({ measuresNoise, isOursOnly }: Workload) =>
		peers.filter((peer) => (measuresNoise || peer !== oursAgain) && (!isOursOnly || peer.protocol === hubbub));
	const of = rounds * workloads.reduce((sum, workload) => sum + peersOf(workload).length, 0);
	let done = 0;
	const measured: WorkloadResults[] = [];
	for (const workload of workloads) {
		const participants = peersOf(workload);
		const rows: PeerResults[] = participants.map(({ id, title }) => ({ id, title, rounds: [] }));
		for (let round = 0; round < rounds; round++) {
			for (let turn = 0; turn < participants.length; turn++) {
				const index = (turn + round) % participants.length;
				const results = await runUndisturbed(workload, participants[index]!, plan);
				rows[index]!.rounds.push(results);
				done++;
				onRun({ workload, round: round + 1, peer: participants[index]!, done, of, results });
			}
		}
		measured.push({ id: workload.id, title: workload.title, metrics: workload.metrics, rows });
	}
	return measured;
}

/** Repeats a run that other load disturbs. Returns the results of the least disturbed try. */
async function runUndisturbed(workload: Workload, peer: Peer, plan: RunPlan): Promise<RunResult[]> {
	let best: RunResult[] | undefined;
	for (let i = 0; i < plan.attempts; i++) {
		await waitUntilQuiet(plan.quietMs);
		const results = await runOnce(workload, peer, plan);
		if (best === undefined || disturbance(results) < disturbance(best)) best = results;
		if (disturbance(best) <= DISTURBING_SHARE) break;
	}
	return best!;
}

/** Resolves when no other load is left on this machine, or after `timeoutMs`. */
async function waitUntilQuiet(timeoutMs: number): Promise<void> {
	const deadline = performance.now() + timeoutMs;
	while (performance.now() < deadline) {
		const others = watchOtherLoad();
		await sleep(QUIET_SAMPLE_MS);
		if (disturbanceOf(others()) <= DISTURBING_SHARE) return;
	}
}

function disturbance(results: readonly RunResult[]): number {
	return Math.max(...results.map(({ conditions }) => disturbanceOf(conditions?.others)));
}

/** A server that does not start, or that refuses a member, voids its own run only. */
async function runOnce(workload: Workload, peer: Peer, plan: RunPlan): Promise<RunResult[]> {
	try {
		return await workload.run(peer, plan);
	} catch (error) {
		if (error instanceof BadInput) throw error;
		return [{ verdict: "void", why: (error as Error).message, metrics: {} }];
	}
}
