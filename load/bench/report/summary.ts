import { median } from "../../kit/latency.ts";
import { DISTURBING_SHARE, disturbanceOf } from "../measure/conditions.ts";
import { pairedRatio, type Ratio } from "../measure/statistics.ts";
import type { PeerResults, WorkloadResults } from "../run/rounds.ts";
import type { Metric, RunResult } from "../workloads/workload.ts";

/** A row of a table: one server at one rate, all rounds together. */
export type SummaryRow = {
	id: string;
	title: string;
	rate: number | undefined;
	/** The worst verdict of all rounds, and why it is not `verified`. */
	verdict: RunResult["verdict"];
	why: string | undefined;
	/** Whether other load disturbed one of the rounds. */
	isDisturbed: boolean;
	/** Medians of all rounds; empty if one of them is void. */
	metrics: Partial<Record<Metric, number>>;
	/** The ratio of each metric to the first server's. */
	toFirst: Partial<Record<Metric, Ratio>>;
};

/** Returns the rates of a workload, ascending; only `undefined` if its results have no rate. */
export function ratesOf({ rows }: WorkloadResults): (number | undefined)[] {
	const rates = rows.flatMap(({ rounds }) => rounds.flat().flatMap(({ rate }) => rate ?? []));
	return rates.length === 0 ? [undefined] : [...new Set(rates)].sort((a, b) => a - b);
}

/** Returns the rows for one rate of a workload, without the servers that did not get that far. */
export function summaryAt(measured: WorkloadResults, rate: number | undefined): SummaryRow[] {
	const first = measured.rows[0]!;
	return measured.rows.flatMap((peer) => {
		const rounds = resultsAt(peer, rate);
		const results = rounds.filter((result) => result !== undefined);
		if (results.length === 0) return [];
		const worst = results.find(isVoid) ?? results.find(({ verdict }) => verdict === "late") ?? results[0]!;
		const row: SummaryRow = {
			id: peer.id,
			title: peer.title,
			rate,
			verdict: worst.verdict,
			why: worst.why,
			isDisturbed: results.some(isDisturbed),
			metrics: {},
			toFirst: {},
		};
		if (isVoid(worst)) return [row];
		for (const metric of measured.metrics) {
			const values = rounds.map((result) => result?.metrics[metric]);
			row.metrics[metric] = median(values.filter((value) => value !== undefined));
			const ofFirst = resultsAt(first, rate).map((result) => result?.metrics[metric]);
			const ratio = peer === first ? undefined : pairedRatio(values, ofFirst);
			if (ratio !== undefined) row.toFirst[metric] = ratio;
		}
		return [row];
	});
}

function resultsAt({ rounds }: PeerResults, rate: number | undefined): (RunResult | undefined)[] {
	return rounds.map((results) => results.find((result) => result.rate === rate || isVoid(result)));
}

function isVoid({ verdict }: RunResult): boolean {
	return verdict === "void";
}

export function isDisturbed({ conditions }: RunResult): boolean {
	return disturbanceOf(conditions?.others) > DISTURBING_SHARE;
}
