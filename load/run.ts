#!/usr/bin/env node
import { BadInput } from "./bad-input.ts";
import { parseOptions } from "./options.ts";
import { carryOut } from "./run/carry-out.ts";
import { RunFailed } from "./run-failed.ts";
import { usage } from "./usage.ts";

const EXIT_BAD_INPUT = 2;
const EXIT_INTERRUPTED = 130;

const interrupt = new AbortController();
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
	process.on(signal, () => {
		// Whoever asks twice does not want to wait.
		if (interrupt.signal.aborted) process.exit(EXIT_INTERRUPTED);
		console.error("\nStopping, and cleaning up …");
		interrupt.abort();
	});
}

try {
	const options = parseOptions(process.argv.slice(2), process.env);
	if (options.help) console.log(usage());
	else process.exitCode = (await carryOut(options, interrupt.signal)) ? 0 : 1;
} catch (error) {
	if (interrupt.signal.aborted) {
		process.exitCode = EXIT_INTERRUPTED;
	} else if (error instanceof BadInput) {
		console.error(error.message);
		process.exitCode = EXIT_BAD_INPUT;
	} else {
		console.error(error instanceof RunFailed ? error.message : error);
		process.exitCode = 1;
	}
}
