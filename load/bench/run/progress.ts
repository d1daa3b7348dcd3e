import { figure, heading } from "../report/figures.ts";
import type { OnRun } from "./rounds.ts";

/** Returns a function that prints a line for each run, with the remaining time, to standard error. */
export function reportProgress(): OnRun {
	const startedAt = performance.now();
	return ({ workload, round, peer, done, of, results }) => {
		const leftMs = ((performance.now() - startedAt) / done) * (of - done);
		const metric = workload.metrics[0]!;
		const found = results.map(({ verdict, why, metrics }) => {
			const value = figure(metric, metrics[metric]);
			return verdict === "verified" ? value : `${value} ${verdict}: ${why}`;
		});
		console.error(
			`[${done}/${of}, ${minutes(leftMs)} left] ${workload.id}, round ${round}, ${peer.title}: ` +
				`${heading(metric)} ${found.join(", ")}`,
		);
	};
}

function minutes(ms: number): string {
	return ms < 90_000 ? `${Math.round(ms / 1_000)} s` : `${Math.round(ms / 60_000)} min`;
}
