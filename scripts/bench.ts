import { join } from "node:path";
import { BadInput } from "../load/bad-input.ts";
import { HELP, readOptions } from "../load/bench/run/options.ts";
import { checkMachine } from "../load/bench/run/preconditions.ts";
import { root } from "./root.ts";
import { installDependencies } from "./setup/dependencies.mjs";

const BAD_INPUT_EXIT_CODE = 2;
const INTERRUPTED_EXIT_CODE = 130;

// Ends what is running through the exit handlers: no server and no data stay behind.
process.once("SIGINT", () => process.exit(INTERRUPTED_EXIT_CODE));
process.once("SIGTERM", () => process.exit(INTERRUPTED_EXIT_CODE));

try {
	const options = readOptions(process.argv.slice(2));
	if (options === "help") {
		console.log(HELP);
	} else {
		checkMachine();
		await installPeers();
		const { bench } = await import("../load/bench/run/bench.ts");
		process.exitCode = await bench(options);
	}
} catch (error) {
	if (!(error instanceof BadInput)) throw error;
	console.error(error.message);
	process.exitCode = BAD_INPUT_EXIT_CODE;
}

async function installPeers(): Promise<void> {
	try {
		await installDependencies(join(root, "load/bench"), "all");
	} catch (error) {
		throw new BadInput(`The servers to compare with could not be installed: ${(error as Error).message}`);
	}
}
