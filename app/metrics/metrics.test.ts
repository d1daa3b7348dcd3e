import assert from "node:assert/strict";
import { after, test } from "node:test";
import { DISCONNECTS } from "../room/ports/disconnect.ts";
import { createMetrics, type LiveCounts } from "./metrics.ts";

const live = { connections: 0, users: 0, rooms: 0 };
const counts: LiveCounts = {
	connections: () => live.connections,
	users: () => live.users,
	isClusterConnected: () => undefined,
	rooms: () => live.rooms,
};
const metrics = createMetrics('build "1"');
metrics.watch(counts);
after(() => metrics.close());

/** Returns the samples as Prometheus reads them: value by `name{labels}`. */
async function read(): Promise<Map<string, number>> {
	const lines = (await metrics.text()).split("\n").filter((line) => line !== "" && !line.startsWith("#"));
	return new Map(
		lines.map((line) => {
			const [, series, value] = /^(\w+(?:\{.*\})?) (\S+)$/.exec(line) ?? assert.fail(`not a sample: ${line}`);
			return [series!, Number(value)];
		}),
	);
}

test("counts are exported", async () => {
	metrics.committed(3, 4);
	metrics.committed(1, 400);
	metrics.delivered(12);
	metrics.acked("message:send", 20);
	metrics.acked("message:send", 2_000);
	metrics.acked("unknown", 1);
	metrics.refused("rate_limited");
	metrics.disconnected(DISCONNECTS.slowConsumer);
	const samples = await read();
	const expected = {
		hubbub_entries_total: 4,
		hubbub_deliveries_total: 12,
		hubbub_commit_entries_sum: 4,
		hubbub_commit_entries_count: 2,
		'hubbub_commit_seconds_bucket{le="0.005"}': 1,
		'hubbub_commit_seconds_bucket{le="0.5"}': 2,
		'hubbub_ack_seconds_count{event="message:send"}': 2,
		'hubbub_ack_seconds_bucket{le="0.025",event="message:send"}': 1,
		'hubbub_ack_seconds_count{event="unknown"}': 1,
		'hubbub_refusals_total{code="rate_limited"}': 1,
		'hubbub_refusals_total{code="too_long"}': 0,
		'hubbub_disconnects_total{reason="slow_reader"}': 1,
	};
	for (const [series, value] of Object.entries(expected)) assert.equal(samples.get(series), value, series);
});

test("gauges are read for each response", async () => {
	Object.assign(live, { connections: 7, users: 5, rooms: 2 });
	const samples = await read();
	assert.equal(samples.get("hubbub_connections"), 7);
	assert.equal(samples.get("hubbub_users"), 5);
	assert.equal(samples.get("hubbub_rooms"), 2);
	live.connections = 0;
	assert.equal((await read()).get("hubbub_connections"), 0);
});

test("the process reports its CPU time, memory and event loop lag", async () => {
	const first = await read();
	const second = await read();
	const cpu = "hubbub_process_cpu_seconds_total";
	assert.ok(
		first.get(cpu)! > 0 && second.get(cpu)! >= first.get(cpu)!,
		"CPU time only grows, and is not counted twice",
	);
	assert.ok(second.get(cpu)! < (process.uptime() + 1) * 64);
	assert.ok(first.get("hubbub_process_resident_memory_bytes")! > 1_000_000);
	assert.ok(first.get("hubbub_process_start_time_seconds")! <= Date.now() / 1_000);
	for (const quantile of ["0.5", "0.99", "1"])
		assert.ok(first.get(`hubbub_event_loop_lag_seconds{quantile="${quantile}"}`)! >= 0, quantile);
});

test("every metric has the prefix hubbub_ and a help text", async () => {
	const text = await metrics.text();
	for (const series of (await read()).keys()) assert.match(series, /^hubbub_/);
	for (const [, name] of text.matchAll(/^# TYPE (\w+)/gm))
		assert.match(text, new RegExp(`^# HELP ${name} [A-Z].*\\.$`, "m"));
	assert.match(text, /hubbub_build_info\{build="build \\"1\\"",runtime="(node|deno) [\d.]+"\} 1/);
	assert.match(metrics.contentType, /^text\/plain; version=0\.0\.4/);
});

test("two servers in one process count separately", async () => {
	const other = createMetrics("other");
	other.delivered(1_000);
	assert.ok((await read()).get("hubbub_deliveries_total")! < 1_000);
	other.close();
});
