import { spawnSync } from "node:child_process";
import { availableParallelism } from "node:os";

/** Server and generator each have a core of their own if there are two, so that neither slows the other. */
export const SERVER_CORE = 0;
export const GENERATOR_CORE = 1;

/** Evaluated before this process is pinned itself: afterwards it sees one core only. */
export const CAN_PIN = availableParallelism() > 1 && spawnSync("taskset", ["--version"]).status === 0;

/** The command that runs another one on the server's core, with the same process id. */
export const ON_SERVER_CORE = CAN_PIN ? ["taskset", "-c", String(SERVER_CORE)] : [];

/** Moves all threads of this process to the generator's core. */
export function pinGenerator(): void {
	if (CAN_PIN) spawnSync("taskset", ["-a", "-c", "-p", String(GENERATOR_CORE), String(process.pid)]);
}
