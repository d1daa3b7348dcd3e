#!/usr/bin/env node
import { EXIT_CODE, runCommand } from "../kit/cli.ts";
import { pinGenerator } from "./measure/pinning.ts";
import { PEERS } from "./peers/all.ts";
import { ours, oursAgain } from "./peers/ours.ts";
import { writeReport } from "./report/write.ts";
import { HELP, readOptions } from "./run/options.ts";
import { checkMachine } from "./run/preconditions.ts";
import { reportProgress } from "./run/progress.ts";
import { runRounds } from "./run/rounds.ts";
import { WORKLOADS } from "./workloads/all.ts";

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
	const { files, markdown } = writeReport(measured, options);
	console.log(`\n${markdown}`);
	console.error(`Written: ${files.join(", ")}`);
	const results = measured.flatMap(({ rows }) => rows.flatMap(({ rounds }) => rounds.flat()));
	return results.some(({ verdict }) => verdict === "void") ? EXIT_CODE.failed : EXIT_CODE.passed;
});
