import { readFileSync } from "node:fs";

/** How many files a process may open; Infinity where the system doesn't tell. */
export function openFilesLimit(): number {
	try {
		// Node raises the soft limit to the hard one by itself, which is the second number.
		const [, , hard] = /^Max open files\s+(\S+)\s+(\S+)/m.exec(readFileSync("/proc/self/limits", "utf8")) ?? [];
		return Number(hard ?? Infinity) || Infinity;
	} catch {
		return Infinity;
	}
}
