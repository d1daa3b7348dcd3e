import process from "node:process";
import { Counter, Gauge, type Registry } from "prom-client";
import { EventLoopLag } from "./event-loop-lag.ts";

const US_PER_SECOND = 1_000_000;

/** Adds the metrics of the process. Returns the measurement of the event loop, which the caller stops. */
export function watchProcess(registry: Registry, build: string): EventLoopLag {
	const registers = [registry];
	const lag = new EventLoopLag();
	const started = Date.now() / 1_000 - process.uptime();

	new Gauge({
		name: "hubbub_event_loop_lag_seconds",
		help: "Delay of timers since the last reading. Quantile 1 is the maximum.",
		labelNames: ["quantile"],
		registers,
		collect() {
			const { p50, p99, max } = lag.read();
			this.labels("0.5").set(p50);
			this.labels("0.99").set(p99);
			this.labels("1").set(max);
		},
	});
	new Counter({
		name: "hubbub_process_cpu_seconds_total",
		help: "CPU time of the process, user and system.",
		registers,
		collect() {
			const { user, system } = process.cpuUsage();
			this.reset();
			this.inc((user + system) / US_PER_SECOND);
		},
	});
	new Gauge({
		name: "hubbub_process_resident_memory_bytes",
		help: "Resident memory of the process.",
		registers,
		collect() {
			this.set(process.memoryUsage.rss());
		},
	});
	new Gauge({
		name: "hubbub_process_start_time_seconds",
		help: "Start time of the process, in seconds since 1970.",
		registers,
	}).set(started);
	new Gauge({
		name: "hubbub_build_info",
		help: "Always 1. The labels identify the build and the runtime.",
		labelNames: ["build", "runtime"],
		registers,
	})
		.labels(build, process.versions.deno ? `deno ${process.versions.deno}` : `node ${process.versions.node}`)
		.set(1);
	return lag;
}
