import { BadInput } from "../../bad-input.ts";
import type { Contender } from "../contenders/contender.ts";
import { DISTURBING_SHARE, disturbanceOf } from "../measure/others.ts";
import type { Entry, Outcome, Pace, Workload } from "../workloads/workload.ts";
import { untilQuiet } from "./quiet.ts";

/** What one server did under one workload: the outcomes of each round. */
export type Row = { id: string; title: string; rounds: Outcome[][] };
export type Measured = { id: string; title: string; metrics: Workload["metrics"]; rows: Row[] };

export type Progress = (step: {
	workload: string;
	round: number;
	entry: string;
	done: number;
	of: number;
	outcomes: Outcome[];
}) => void;

/**
 * Runs every workload, `rounds` times each, all its servers in turn within a round. Each round starts with another one:
 * what the machine does over time falls on all alike.
 */
export async function runRounds(
	workloads: readonly Workload[],
	contenders: readonly Contender[],
	rounds: number,
	pace: Pace,
	onProgress: Progress,
): Promise<Measured[]> {
	const plans = workloads.map((workload) => ({ workload, entries: workload.entries(contenders) }));
	const of = rounds * plans.reduce((sum, { entries }) => sum + entries.length, 0);
	let done = 0;
	const measured: Measured[] = [];
	for (const { workload, entries } of plans) {
		const rows: Row[] = entries.map(({ id, title }) => ({ id, title, rounds: [] }));
		for (let round = 0; round < rounds; round++) {
			for (let turn = 0; turn < entries.length; turn++) {
				const which = (turn + round) % entries.length;
				const outcomes = await measure(entries[which]!, pace);
				rows[which]!.rounds.push(outcomes);
				done++;
				onProgress({ workload: workload.id, round: round + 1, entry: rows[which]!.title, done, of, outcomes });
			}
		}
		measured.push({ id: workload.id, title: workload.title, metrics: workload.metrics, rows });
	}
	return measured;
}

/** Tries until others leave the run alone; of tries that were all disturbed, the one that was the least. */
async function measure(entry: Entry, pace: Pace): Promise<Outcome[]> {
	let best: Outcome[] | undefined;
	for (let i = 0; i < pace.attempts; i++) {
		await untilQuiet(pace.quietMs);
		const outcomes = await attempt(entry, pace);
		if (best === undefined || disturbance(outcomes) < disturbance(best)) best = outcomes;
		if (disturbance(best) <= DISTURBING_SHARE) break;
	}
	return best!;
}

function disturbance(outcomes: readonly Outcome[]): number {
	return Math.max(...outcomes.map(({ conditions }) => disturbanceOf(conditions?.others)));
}

/** A server that does not start, or refuses somebody, voids its run; the others go on. */
async function attempt(entry: Entry, pace: Pace): Promise<Outcome[]> {
	try {
		return await entry.run(pace);
	} catch (error) {
		if (error instanceof BadInput) throw error;
		return [{ verdict: "void", why: (error as Error).message, metrics: {} }];
	}
}
