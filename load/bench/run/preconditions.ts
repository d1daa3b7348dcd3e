import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { BadInput } from "../../bad-input.ts";

/** Both ends of 10,000 connections, and what else is open. */
const OPEN_FILES = 11_000;

/** Throws {@link BadInput} where this machine can't measure at all. */
export function checkMachine(): void {
	if (process.platform !== "linux") {
		throw new BadInput(
			`The benchmark reads CPU time from /proc, which ${process.platform} does not have: run it on Linux, in a container for instance.`,
		);
	}
	if (!existsSync("/proc/self/io"))
		throw new BadInput("/proc/self/io is not there: this kernel does not count write calls.");
	const limit = spawnSync("sh", ["-c", "ulimit -Hn"], { encoding: "utf8" }).stdout.trim();
	if (limit !== "unlimited" && Number(limit) < OPEN_FILES) {
		throw new BadInput(
			`10,000 connections need ${OPEN_FILES} open files, and the limit is ${limit}: raise it (ulimit -Hn).`,
		);
	}
}
