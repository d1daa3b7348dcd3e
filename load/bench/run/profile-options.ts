import { parseArgs } from "node:util";
import { BadInput } from "../../bad-input.ts";
import type { Load } from "../workloads/steady-load.ts";
import { W1_LOAD } from "../workloads/w1.ts";
import { W2_LOAD } from "../workloads/w2.ts";
import { W3_LOAD } from "../workloads/w3.ts";
import { W4_LOAD } from "../workloads/w4.ts";

const LOADS: Record<string, Load> = { W1: W1_LOAD, W2: W2_LOAD, W3: W3_LOAD, W4: W4_LOAD };
const SECONDS = 10;
const MAX_SECONDS = 600;

export const PROFILE_HELP = `npm run profile -- [options]

Runs the server under load and writes where its CPU time went, to be opened in a browser's developer tools.

  --under NAME   the load, as npm run bench knows it: ${Object.keys(LOADS).join(", ")} (W3)
  --seconds N    how long it lasts (${SECONDS})
  --help         this text

One file for the event loop, one for each worker thread (the database's): reports/profile-<time>-*.cpuprofile.`;

export type ProfileOptions = { name: string; load: Load; seconds: number };

/** Reads the command line; `"help"` where that was asked for. Throws {@link BadInput} with a sentence. */
export function readProfileOptions(args: readonly string[]): ProfileOptions | "help" {
	const { help, under, seconds } = parse(args);
	if (help) return "help";
	const load = LOADS[under];
	if (load === undefined)
		throw new BadInput(`--under knows ${Object.keys(LOADS).join(", ")}; it does not know "${under}".`);
	const duration = Number(seconds);
	if (!Number.isInteger(duration) || duration < 1 || duration > MAX_SECONDS) {
		throw new BadInput(`--seconds is a whole number from 1 to ${MAX_SECONDS}, not "${seconds}".`);
	}
	return { name: under, load, seconds: duration };
}

function parse(args: readonly string[]) {
	try {
		const options = {
			help: { type: "boolean", default: false },
			under: { type: "string", default: "W3" },
			seconds: { type: "string", default: String(SECONDS) },
		} as const;
		return parseArgs({ args: [...args], options }).values;
	} catch (error) {
		const [sentence] = (error as Error).message.split(/\.(?: |$)/);
		throw new BadInput(`${sentence}: see npm run profile -- --help.`);
	}
}
