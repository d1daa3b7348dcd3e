import { DISTURBING_SHARE, disturbanceOf } from "../measure/others.ts";
import { median, pairedRatio, type Ratio } from "../measure/statistics.ts";
import type { Measured, Row } from "../run/rounds.ts";
import type { Metric, Outcome, Verdict } from "../workloads/workload.ts";

/** One line of a table. */
export type Line = {
	id: string;
	title: string;
	rate: number | undefined;
	verdict: Verdict;
	/** Why it is not verified: the first reason there was. */
	why: string | undefined;
	/** In one of the rounds at least, the machine had other work to do. */
	disturbed: boolean;
	/** Medians of all rounds; empty where one of them is void. */
	metrics: Partial<Record<Metric, number>>;
	/** By metric, how many times the first row's this one's is, round by round. */
	toFirst: Partial<Record<Metric, Ratio>>;
};

/** The rates of a workload, ascending; `undefined` alone where none is told. */
export function ratesOf({ rows }: Measured): (number | undefined)[] {
	const rates = rows.flatMap((row) => row.rounds.flatMap((outcomes) => outcomes.flatMap(({ rate }) => rate ?? [])));
	return rates.length === 0 ? [undefined] : [...new Set(rates)].sort((a, b) => a - b);
}

/** The lines for one of a workload's rates, in the order of its servers; without those that never got so far. */
export function linesAt(measured: Measured, rate: number | undefined): Line[] {
	const first = measured.rows[0]!;
	return measured.rows.flatMap((row) => {
		const rounds = atRate(row, rate);
		const outcomes = rounds.filter((outcome) => outcome !== undefined);
		if (outcomes.length === 0) return [];
		const worst = outcomes.find(isVoid) ?? outcomes.find(({ verdict }) => verdict === "late") ?? outcomes[0]!;
		const line: Line = {
			id: row.id,
			title: row.title,
			rate,
			verdict: worst.verdict,
			why: worst.why,
			disturbed: outcomes.some(wasDisturbed),
			metrics: {},
			toFirst: {},
		};
		if (isVoid(worst)) return [line];
		const firstRounds = atRate(first, rate);
		for (const metric of measured.metrics) {
			const values = rounds.map((outcome) => outcome?.metrics[metric]);
			line.metrics[metric] = median(values.filter((value) => value !== undefined));
			const ratio = pairedRatio(
				values,
				firstRounds.map((outcome) => outcome?.metrics[metric]),
			);
			if (ratio !== undefined && row !== first) line.toFirst[metric] = ratio;
		}
		return [line];
	});
}

function atRate(row: Row, rate: number | undefined): (Outcome | undefined)[] {
	return row.rounds.map((outcomes) => outcomes.find((outcome) => outcome.rate === rate || isVoid(outcome)));
}

function isVoid({ verdict }: Outcome): boolean {
	return verdict === "void";
}

export function wasDisturbed({ conditions }: Outcome): boolean {
	return disturbanceOf(conditions?.others) > DISTURBING_SHARE;
}
