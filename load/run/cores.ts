import { spawnSync } from "node:child_process";
import { cpus } from "node:os";

/** How many threads Artillery runs: one for each core but one, and no setting changes that (platform/local). */
export function generatorThreads(): number {
	return Math.max(1, cpus().length - 1);
}

type Role = "generator" | "server";
let isPinning = false;

/**
 * From here on generator and server keep to cores of their own, where that is possible: then neither is measured
 * through the other, and two runs of one load agree. For a server of our own on this machine, and Linux alone.
 */
export function pinFromNowOn(): boolean {
	isPinning = true;
	isPinning =
		process.platform === "linux" &&
		cpus().length >= 2 &&
		(["server", "generator"] as const).every((role) => {
			const { command, args } = pinned(role, "true", []);
			return spawnSync(command, args, { stdio: "ignore" }).status === 0;
		});
	return isPinning;
}

/** The command that runs `command` on the cores of its role. The first half of the cores is the server's. */
export function pinned(role: Role, command: string, args: string[]): { command: string; args: string[] } {
	if (!isPinning) return { command, args };
	const half = Math.floor(cpus().length / 2);
	const list = role === "server" ? `0-${half - 1}` : `${half}-${cpus().length - 1}`;
	return { command: "taskset", args: ["--cpu-list", list, command, ...args] };
}
