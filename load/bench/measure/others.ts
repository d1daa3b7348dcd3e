import { readFileSync } from "node:fs";
import { CAN_PIN, GENERATOR_CORE, SERVER_CORE } from "./pinning.ts";
import { US_PER_TICK, usageOf } from "./process.ts";

/** What else the machine did meanwhile: shares of the two cores, 0 to 1, that went to anything but the benchmark. */
export type Others = { onServerCore: number; onGeneratorCore: number };

/** Above this a figure says more about the neighbours than about the server. */
export const DISTURBING_SHARE = 0.1;

/**
 * Watches from now on, until the answer is called. `server` is the process that has the first core to itself; without
 * one all that runs there counts. Without pinning nobody can tell whose a core's time was: then undefined.
 */
export function watchOthers(server?: number): () => Others | undefined {
	if (!CAN_PIN) return () => undefined;
	const before = used(server);
	return () => {
		const after = used(server);
		const share = (of: "serverCore" | "generatorCore") =>
			Math.max(0, (after[of] - before[of]) / (after.at - before.at));
		return { onServerCore: share("serverCore"), onGeneratorCore: share("generatorCore") };
	};
}

/** The share of the core that had it worse; 0 where nobody can tell. */
export function disturbanceOf(others: Others | undefined): number {
	return others === undefined ? 0 : Math.max(others.onServerCore, others.onGeneratorCore);
}

/** All in microseconds: what others have used of each core so far, and when. */
function used(server: number | undefined) {
	const ours = process.cpuUsage();
	return {
		at: performance.now() * 1_000,
		serverCore: busyUs(SERVER_CORE) - (server === undefined ? 0 : usageOf(server).cpuUs),
		generatorCore: busyUs(GENERATOR_CORE) - ours.user - ours.system,
	};
}

/** Everything but idling and waiting for a disk; what the host of a virtual machine took counts, too. */
function busyUs(core: number): number {
	const line = new RegExp(`^cpu${core} (.*)$`, "m").exec(readFileSync("/proc/stat", "utf8"));
	if (!line) throw new Error(`/proc/stat has no line for core ${core}.`);
	const [user, nice, system, , , interrupts, softInterrupts, stolen] = line[1]!.split(" ").map(Number);
	return (user! + nice! + system! + interrupts! + softInterrupts! + stolen!) * US_PER_TICK;
}
