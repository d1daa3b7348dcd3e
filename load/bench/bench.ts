#!/usr/bin/env node
import { runCommand } from "../command.ts";
import { HELP, readOptions } from "./run/options.ts";
import { checkMachine } from "./run/preconditions.ts";

await runCommand(async () => {
	const options = readOptions(process.argv.slice(2));
	if (options === "help") {
		console.log(HELP);
		return 0;
	}
	checkMachine();
	// Not before: all that stands on the peers' packages.
	const { bench } = await import("./run/bench.ts");
	return await bench(options);
});
