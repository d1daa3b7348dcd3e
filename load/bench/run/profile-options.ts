import { readFlags, readList, readWhole, SWITCH, TEXT } from "../../kit/cli.ts";
import { LOADS, type Load } from "../workloads/loads.ts";

const NAMES = Object.keys(LOADS) as (keyof typeof LOADS)[];
const SECONDS = 10;
const MAX_SECONDS = 600;

export const PROFILE_HELP = `npm run profile -- [options]

Runs the server under load with V8's CPU profiler, and writes profiles for the developer tools of a browser.

  --under NAME   the load, a workload of npm run bench: ${NAMES.join(", ")} (W3)
  --seconds N    duration of the load (${SECONDS})
  --help         this text

One file for the event loop and one for each worker thread (the database): reports/profile-<time>-*.cpuprofile.`;

export type CpuProfileOptions = { name: string; load: Load; seconds: number };

/** Reads the command line. Returns `"help"` for --help. Throws {@link BadInput}. */
export function readProfileOptions(args: readonly string[]): CpuProfileOptions | "help" {
	const flags = { help: SWITCH, under: TEXT, seconds: TEXT };
	const { help, under = "W3", seconds = String(SECONDS) } = readFlags("npm run profile", args, flags);
	if (help) return "help";
	const [name] = readList("--under", under, NAMES);
	return { name: name!, load: LOADS[name!], seconds: readWhole("--seconds", seconds, MAX_SECONDS) };
}
