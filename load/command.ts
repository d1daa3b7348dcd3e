import { BadInput } from "./bad-input.ts";

const BAD_INPUT_EXIT_CODE = 2;
const INTERRUPTED_EXIT_CODE = 130;

/** Runs a command to its exit code. Bad input ends it with a sentence; Ctrl-C leaves no server and no data behind. */
export async function runCommand(command: () => Promise<number>): Promise<void> {
	// exit() and not the signal's own end: what is running is ended by handlers of the exit.
	for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(INTERRUPTED_EXIT_CODE));
	try {
		process.exitCode = await command();
	} catch (error) {
		if (!(error instanceof BadInput)) throw error;
		console.error(error.message);
		process.exitCode = BAD_INPUT_EXIT_CODE;
	}
}
