import { spawnSync } from "node:child_process";
import { cpus } from "node:os";

/** Returns the number of threads that Artillery runs: one per core but one, which no setting changes (platform/local). */
export function generatorThreads(): number {
	return Math.max(1, cpus().length - 1);
}

type Role = "generator" | "server";
let isPinning = false;

/**
 * Pins the generator and the server to separate cores from now on, where that is possible (on Linux, for a server on this
 * machine), so that neither disturbs the other and two runs of one load agree. Returns whether it did.
 */
export function pinFromNowOn(): boolean {
	isPinning = process.platform === "linux" && cpus().length >= 2;
	for (const role of ["server", "generator"] as const) {
		const [taskset, ...args] = pinned(role, ["true"]);
		isPinning &&= spawnSync(taskset!, args, { stdio: "ignore" }).status === 0;
	}
	return isPinning;
}

/** Returns the command that runs `command` on the cores of its role; the first half of the cores is the server's. */
export function pinned(role: Role, command: readonly string[]): readonly string[] {
	if (!isPinning) return command;
	const half = Math.floor(cpus().length / 2);
	return ["taskset", "--cpu-list", role === "server" ? `0-${half - 1}` : `${half}-${cpus().length - 1}`, ...command];
}
