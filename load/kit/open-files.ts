import { readFileSync } from "node:fs";
import { BadInput } from "./cli.ts";

/** Open files of a process beside its connections. */
const SPARE_FILES = 200;

/** Returns how many files a process may open, Infinity if the system does not say. */
export function openFilesLimit(): number {
	try {
		// The second number: Node raises the soft limit to the hard one by itself.
		const [, , hard] = /^Max open files\s+(\S+)\s+(\S+)/m.exec(readFileSync("/proc/self/limits", "utf8")) ?? [];
		return Number(hard ?? Infinity) || Infinity;
	} catch {
		return Infinity;
	}
}

/** Returns how many users a limit of open files allows. */
export function usersFor(openFiles: number): number {
	return Math.max(0, openFiles - SPARE_FILES);
}

/** Throws {@link BadInput} if the limit of open files, as `ulimit -Hn` prints it, is too low for this many users. */
export function checkOpenFiles(users: number, openFiles: number): void {
	if (users <= usersFor(openFiles)) return;
	throw new BadInput(
		`${users} users need as many open files, and this shell allows ${openFiles}. ` +
			`Use at most ${usersFor(openFiles)} users, or raise the limit (as root: ulimit -n ${users + SPARE_FILES}).`,
	);
}
