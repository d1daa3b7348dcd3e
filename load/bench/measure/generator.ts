import { monitorEventLoopDelay } from "node:perf_hooks";

/** How the generator itself fared: a server is not blamed for a generator that could not keep up. */
export type GeneratorHealth = {
	/** Share of one core, 0 to 1. */
	cpu: number;
	/** 99th percentile of how late its event loop was. */
	lagMs: number;
};

/** Watches from now on, until the answer is called. */
export function watchGenerator(): () => GeneratorHealth {
	const delay = monitorEventLoopDelay({ resolution: 1 });
	delay.enable();
	const cpu = process.cpuUsage();
	const began = performance.now();
	return () => {
		delay.disable();
		const { user, system } = process.cpuUsage(cpu);
		return { cpu: (user + system) / 1_000 / (performance.now() - began), lagMs: delay.percentile(99) / 1e6 };
	};
}
