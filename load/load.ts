#!/usr/bin/env node
import { parseOptions } from "./command-line/options.ts";
import { usage } from "./command-line/usage.ts";
import { EXIT_CODE, runCommand } from "./kit/cli.ts";
import { execute } from "./run/execute.ts";

await runCommand(
	async (args, signal) => {
		const options = parseOptions(args, process.env);
		if (!options.help) return (await execute(options, signal)) ? EXIT_CODE.passed : EXIT_CODE.failed;
		console.log(usage());
		return EXIT_CODE.passed;
	},
	() => console.error("\nStopping, and cleaning up …"),
);
