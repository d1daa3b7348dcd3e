import { figure, heading } from "../report/figures.ts";
import type { Measured, Progress } from "./rounds.ts";

/** A line for each run, on standard error, with the time that is left. */
export function reportProgress(metricsOf: (workload: string) => Measured["metrics"]): Progress {
	const began = performance.now();
	return ({ workload, round, entry, done, of, outcomes }) => {
		const left = ((performance.now() - began) / done) * (of - done);
		const metrics = metricsOf(workload).slice(0, 1);
		const found = outcomes.map(({ verdict, why, metrics: found }) => {
			const figures = metrics.map((metric) => figure(metric, found[metric])).join(" ");
			return verdict === "verified" ? figures : `${figures} ${verdict}: ${why}`;
		});
		const head = metrics.map(heading).join(", ");
		console.error(
			`[${done}/${of}, ${minutes(left)} left] ${workload}, round ${round}, ${entry}: ${head} ${found.join(", ")}`,
		);
	};
}

function minutes(ms: number): string {
	return ms < 90_000 ? `${Math.round(ms / 1_000)} s` : `${Math.round(ms / 60_000)} min`;
}
