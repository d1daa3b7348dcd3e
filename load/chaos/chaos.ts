#!/usr/bin/env node
import { runCommand } from "../command.ts";
import { writeReport } from "./report/write-report.ts";
import { listRows } from "./run/list.ts";
import { HELP, readOptions } from "./run/options.ts";
import { reportProgress } from "./run/progress.ts";
import { runSuite } from "./run/suite.ts";

await runCommand(async () => {
	const options = readOptions(process.argv.slice(2));
	if (options === "help" || options === "list") {
		console.log(options === "help" ? HELP : listRows());
		return 0;
	}
	console.error(`seed ${options.seed} (--seed ${options.seed} draws the same again)`);
	const results = await runSuite(options, reportProgress());
	const { files, markdown } = writeReport(results, options);
	console.log(`\n${markdown}`);
	console.error(`Written: ${files.join(", ")}`);
	return results.some(({ state }) => state === "broken") ? 1 : 0;
});
