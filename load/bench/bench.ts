#!/usr/bin/env node
import { EXIT_CODE, runCommand } from "../kit/cli.ts";
import { pinGenerator } from "./measure/pinning.ts";
import { PEERS } from "./peers/all.ts";
import { ours, oursAgain } from "./peers/ours.ts";
import { figure, heading } from "./report/figures.ts";
import { writeBenchReport } from "./report/write.ts";
import { HELP, readOptions } from "./run/options.ts";
import { checkMachine } from "./run/preconditions.ts";
import { type OnRun, runRounds } from "./run/rounds.ts";
import { WORKLOADS } from "./workloads/loads.ts";

await runCommand(async (args) => {
	const options = readOptions(args);
	if (options === "help") {
		console.log(HELP);
		return EXIT_CODE.passed;
	}
	checkMachine();
	pinGenerator();
	const workloads = WORKLOADS.filter(({ id }) => options.workloads.includes(id));
	const peers = PEERS.filter((peer) => options.peers.includes(peer === oursAgain ? ours.id : peer.id));

	const measured = await runRounds(workloads, peers, options.rounds, options.plan, reportProgress()).finally(() =>
		Promise.all(peers.map((peer) => peer.dispose?.())),
	);
	const { files, markdown } = writeBenchReport(measured, options);
	console.log(`\n${markdown}`);
	console.error(`Written: ${files.join(", ")}`);
	const results = measured.flatMap(({ rows }) => rows.flatMap(({ rounds }) => rounds.flat()));
	return results.some(({ verdict }) => verdict === "void") ? EXIT_CODE.failed : EXIT_CODE.passed;
});

/** Returns a function that prints a line for each run, with the remaining time, to standard error. */
function reportProgress(): OnRun {
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
