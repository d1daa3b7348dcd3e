import { readFileSync } from "node:fs";

/** The unit of CPU times in /proc: 1/100 s on all of Linux. */
export const US_PER_TICK = 10_000;

/**
 * Returns what a process has used since its start, all its threads together: user and system time in microseconds, and
 * the number of system calls that write to sockets and files. Throws if there is no such process.
 */
export function usageOf(pid: number) {
	const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
	// The name of the program is in parentheses and can have spaces, so the fields are counted from behind it.
	const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
	const [userTicks, systemTicks] = [Number(fields[11]), Number(fields[12])];
	return {
		cpuUs: (userTicks + systemTicks) * US_PER_TICK,
		writeCalls: numberIn(`/proc/${pid}/io`, /^syscw: (\d+)/m),
	};
}

/** Returns the resident set size in bytes. */
export function residentBytes(pid: number): number {
	return numberIn(`/proc/${pid}/status`, /^VmRSS:\s+(\d+) kB/m) * 1_024;
}

function numberIn(file: string, pattern: RegExp): number {
	const found = pattern.exec(readFileSync(file, "utf8"));
	if (!found) throw new Error(`${file} has no line ${pattern}.`);
	return Number(found[1]);
}
