import { CONTENDERS } from "../contenders/all.ts";
import { oursAgain } from "../contenders/ours.ts";
import { pinGenerator } from "../measure/pinning.ts";
import { writeReport } from "../report/write.ts";
import { WORKLOADS } from "../workloads/all.ts";
import type { Options } from "./options.ts";
import { reportProgress } from "./progress.ts";
import { runRounds } from "./rounds.ts";

/** Measures, reports, and answers the exit code: 1 where a row is void. */
export async function bench(options: Options): Promise<number> {
	pinGenerator();
	const workloads = WORKLOADS.filter(({ id }) => options.workloads.includes(id));
	const asked = new Set(options.peers);
	if (asked.has("ours")) asked.add(oursAgain.id);
	const contenders = CONTENDERS.filter(({ id }) => asked.has(id));

	const progress = reportProgress((id) => workloads.find((workload) => workload.id === id)!.metrics);
	const measured = await runRounds(workloads, contenders, options.rounds, options.pace, progress).finally(() =>
		Promise.all(contenders.map((contender) => contender.dispose?.())),
	);
	const { files, markdown } = writeReport(measured, options);
	console.log(`\n${markdown}`);
	console.error(`Written: ${files.join(", ")}`);
	const outcomes = measured.flatMap(({ rows }) => rows.flatMap(({ rounds }) => rounds.flat()));
	return outcomes.some(({ verdict }) => verdict === "void") ? 1 : 0;
}
