import { existsSync } from "node:fs";
import { BadInput } from "../../kit/cli.ts";
import { openFilesLimit } from "../../kit/open-files.ts";

/** For both ends of 10,000 connections, and other files. */
const OPEN_FILES = 11_000;

/** Throws {@link BadInput} if this machine cannot measure. */
export function checkMachine(): void {
	if (process.platform !== "linux")
		throw new BadInput("The benchmark reads CPU time from /proc: run it on Linux, for instance in a container.");
	if (!existsSync("/proc/self/io"))
		throw new BadInput("/proc/self/io does not exist: the benchmark needs a kernel that counts write calls.");
	const limit = openFilesLimit();
	if (limit < OPEN_FILES)
		throw new BadInput(
			`10,000 connections need ${OPEN_FILES} open files, and the limit is ${limit}: raise it with ulimit -Hn.`,
		);
}
