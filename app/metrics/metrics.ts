import { Counter, Gauge, Histogram, Registry } from "prom-client";
import { ERROR_CODES, type ErrorCode } from "../protocol/refusal.ts";
import { DISCONNECTS, type Disconnect } from "../room/ports/disconnect.ts";
import type { Metrics } from "../room/ports/metrics.ts";
import { watchProcess } from "./process-metrics.ts";

const MS_PER_SECOND = 1_000;
const SECONDS_BUCKETS = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];
const ENTRIES_BUCKETS = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000];

const DISCONNECT_REASONS = Object.values(DISCONNECTS).map(({ reason }) => reason);

/** Gauges that are read for each response of `/metrics`. */
export type LiveCounts = {
	connections: () => number;
	/** Users, however many connections each has. */
	users: () => number;
	/** Rooms in memory. */
	rooms: () => number;
	/** Whether the other processes of the chat are reachable; undefined in a cluster of one process. */
	isClusterConnected: () => boolean | undefined;
};

/** Counts the work of the server, and returns the counts in Prometheus' text format. */
export interface ServerMetrics extends Metrics {
	/** Called for each connection that the server ends. */
	disconnected(disconnect: Disconnect): void;
	/** Entries made durable since the start. */
	readonly entries: number;
	/** Returns the longest delay of the event loop since the last call, in milliseconds. */
	takeLongestLagMs(): number;
	/** Adds the gauges. Call it once. */
	watch(live: LiveCounts): void;
	readonly contentType: string;
	text(): Promise<string>;
	/** Stops the measurement of the event loop. */
	close(): void;
}

/** `build` identifies the code that runs. */
export function createMetrics(build: string): ServerMetrics {
	const registry = new Registry();
	const registers = [registry];
	const eventLoop = watchProcess(registry, build);

	const entries = new Counter({
		name: "hubbub_entries_total",
		help: "Entries of rooms' logs made durable: messages, edits, reactions, pins and removals.",
		registers,
	});
	const deliveries = new Counter({
		name: "hubbub_deliveries_total",
		help: "Entries written to connections: each entry counts once per connection.",
		registers,
	});
	const recovered = new Counter({
		name: "hubbub_recovered_entries_total",
		help: "Entries of other processes that were read from the store because the cluster message was lost or late.",
		registers,
	});
	const indexed = new Counter({
		name: "hubbub_indexed_entries_total",
		help: "Entries of rooms' logs that were added to the search index.",
		registers,
	});
	const lagSeconds = new Histogram({
		name: "hubbub_publish_lag_seconds",
		help: "Time that cluster messages took from the sender to this process, by the clocks of both.",
		buckets: SECONDS_BUCKETS,
		registers,
	});
	const commitSeconds = new Histogram({
		name: "hubbub_commit_seconds",
		help: "Duration of a commit of entries.",
		buckets: SECONDS_BUCKETS,
		registers,
	});
	const commitEntries = new Histogram({
		name: "hubbub_commit_entries",
		help: "Entries made durable by one commit.",
		buckets: ENTRIES_BUCKETS,
		registers,
	});
	const ackSeconds = new Histogram({
		name: "hubbub_ack_seconds",
		help: "Time from a request's arrival on a socket to its ack.",
		labelNames: ["event"],
		buckets: SECONDS_BUCKETS,
		registers,
	});
	// One child per label: looking a label up costs more than counting.
	const ackSecondsOf = new Map<string, Histogram.Internal<"event">>();
	const refusals = children(
		new Counter({
			name: "hubbub_refusals_total",
			help: "Requests that were refused, over HTTP and on sockets.",
			labelNames: ["code"],
			registers,
		}),
		ERROR_CODES,
	);
	const disconnects: Partial<Record<string, Counter.Internal>> = children(
		new Counter({
			name: "hubbub_disconnects_total",
			help: "Connections that the server ended, by reason.",
			labelNames: ["reason"],
			registers,
		}),
		DISCONNECT_REASONS,
	);

	let committed = 0;

	return {
		committed(count, ms) {
			committed += count;
			entries.inc(count);
			commitEntries.observe(count);
			commitSeconds.observe(ms / MS_PER_SECOND);
		},
		acked(event, ms) {
			let seconds = ackSecondsOf.get(event);
			if (seconds === undefined) {
				seconds = ackSeconds.labels(event);
				ackSecondsOf.set(event, seconds);
			}
			seconds.observe(ms / MS_PER_SECOND);
		},
		refused: (code: ErrorCode) => refusals[code].inc(),
		publishLag: (ms) => lagSeconds.observe(ms / MS_PER_SECOND),
		recovered: (count) => recovered.inc(count),
		indexed: (count) => indexed.inc(count),
		delivered: (count) => deliveries.inc(count),
		disconnected: ({ reason }) => disconnects[reason]?.inc(),
		get entries() {
			return committed;
		},
		watch: (live) => watchLive(registry, live),
		contentType: registry.contentType,
		text: () => registry.metrics(),
		takeLongestLagMs: () => eventLoop.takeLongestMs(),
		close: () => eventLoop.stop(),
	};
}

function watchLive(registry: Registry, { connections, users, rooms, isClusterConnected }: LiveCounts): void {
	for (const [name, help, read] of [
		["hubbub_connections", "Open connections.", connections],
		["hubbub_users", "Connected users.", users],
		["hubbub_rooms", "Rooms in memory.", rooms],
		[
			"hubbub_cluster_connected",
			"Whether the other processes are reachable: 1 or 0. 1 in a cluster of one process.",
			() => Number(isClusterConnected() ?? 1),
		],
	] as const) {
		new Gauge({
			name,
			help,
			registers: [registry],
			collect() {
				this.set(read());
			},
		});
	}
}

/** Returns a counter's time series by the value of its only label. Each is exported from the start, with 0. */
function children<V extends string>(counter: Counter, values: readonly V[]): Record<V, Counter.Internal> {
	const bound = values.map((value) => [value, counter.labels(value)] as const);
	for (const [, child] of bound) child.inc(0);
	return Object.fromEntries(bound) as Record<V, Counter.Internal>;
}
