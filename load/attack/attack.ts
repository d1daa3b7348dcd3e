#!/usr/bin/env node
import { BadInput } from "../bad-input.ts";
import { reportProgress } from "../chaos/run/progress.ts";
import { runCommand } from "../command.ts";
import { writeReport } from "./report/write-report.ts";
import { HELP, listAttacks, readOptions } from "./run/options.ts";
import { runSuite } from "./run/suite.ts";

await runCommand(async () => {
	const options = readOptions(process.argv.slice(2));
	if (options === "help" || options === "list") {
		console.log(options === "help" ? HELP : listAttacks());
		return 0;
	}
	if (process.platform !== "linux")
		throw new BadInput("The attacks need Linux: its loopback addresses, and its /proc. In a container it is there.");
	console.error(`seed ${options.seed} (--seed ${options.seed} draws the same again)`);
	const results = await runSuite(options, reportProgress());
	const { files, markdown } = writeReport(results, options);
	console.log(`\n${markdown}`);
	console.error(`Written: ${files.join(", ")}`);
	return results.some(({ state }) => state === "broken") ? 1 : 0;
});
