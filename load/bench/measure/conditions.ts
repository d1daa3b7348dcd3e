import { readFileSync } from "node:fs";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { US_PER_TICK, usageOf } from "../../kit/process-usage.ts";
import { CAN_PIN, GENERATOR_CORE, SERVER_CORE } from "./pinning.ts";

/** What may have affected a measurement, apart from the server. */
export type Conditions = {
	/** CPU time of the load generator, as a share of its core, and the 99th percentile of its event loop's delay. */
	generator: { cpu: number; lagMs: number };
	/** Undefined if the processes are not pinned to cores. */
	others: OtherLoad | undefined;
};

/** CPU time of processes outside the benchmark, as a share of each core. */
export type OtherLoad = { onServerCore: number; onGeneratorCore: number };

/** Above this share of {@link OtherLoad} a measurement counts as disturbed. */
export const DISTURBING_SHARE = 0.1;

/** Starts watching. The returned function ends it and returns the conditions since. */
export function watchConditions(serverPid: number): () => Conditions {
	const delay = monitorEventLoopDelay({ resolution: 1 });
	delay.enable();
	const cpu = process.cpuUsage();
	const startedAt = performance.now();
	const others = watchOtherLoad(serverPid);
	return () => {
		delay.disable();
		const { user, system } = process.cpuUsage(cpu);
		const elapsedUs = (performance.now() - startedAt) * 1_000;
		return { generator: { cpu: (user + system) / elapsedUs, lagMs: delay.percentile(99) / 1e6 }, others: others() };
	};
}

/** Starts watching. Without a server, all load on the server's core is other load. */
export function watchOtherLoad(serverPid?: number): () => OtherLoad | undefined {
	if (!CAN_PIN) return () => undefined;
	const before = otherUsage(serverPid);
	return () => {
		const after = otherUsage(serverPid);
		const share = (of: "serverCore" | "generatorCore") =>
			Math.max(0, (after[of] - before[of]) / (after.at - before.at));
		return { onServerCore: share("serverCore"), onGeneratorCore: share("generatorCore") };
	};
}

/** Returns the share of the core with the most other load; 0 if it is unknown. */
export function disturbanceOf(others: OtherLoad | undefined): number {
	return others === undefined ? 0 : Math.max(others.onServerCore, others.onGeneratorCore);
}

/** Returns the CPU time of other processes on each core since boot, and the current time, in microseconds. */
function otherUsage(serverPid: number | undefined) {
	const generator = process.cpuUsage();
	return {
		at: performance.now() * 1_000,
		serverCore: busyUs(SERVER_CORE) - (serverPid === undefined ? 0 : usageOf(serverPid).cpuUs),
		generatorCore: busyUs(GENERATOR_CORE) - generator.user - generator.system,
	};
}

/** Returns the time of a core, except idle time and I/O wait. Includes the time that the host of a virtual machine took. */
function busyUs(core: number): number {
	const line = new RegExp(`^cpu${core} (.*)$`, "m").exec(readFileSync("/proc/stat", "utf8"));
	if (!line) throw new Error(`/proc/stat has no line for core ${core}.`);
	const [user, nice, system, , , interrupts, softInterrupts, stolen] = line[1]!.split(" ").map(Number);
	return (user! + nice! + system! + interrupts! + softInterrupts! + stolen!) * US_PER_TICK;
}
