import { spawnSync } from "node:child_process";
import { availableParallelism } from "node:os";

/** Each side has a core of its own, where there are two: what is measured is the server, not its neighbour. */
export const SERVER_CORE = 0;
export const GENERATOR_CORE = 1;

/** Counted before this process is pinned itself: afterwards it sees one core only. */
export const CAN_PIN = availableParallelism() > 1 && spawnSync("taskset", ["--version"]).status === 0;

/** The command that runs `command` on the server's core; its process id stays the one that is spawned. */
export function onServerCore(command: readonly string[]): readonly string[] {
	return CAN_PIN ? ["taskset", "-c", String(SERVER_CORE), ...command] : command;
}

/** Moves this process, all its threads, to the generator's core. */
export function pinGenerator(): void {
	if (CAN_PIN) spawnSync("taskset", ["-a", "-c", "-p", String(GENERATOR_CORE), String(process.pid)]);
}
