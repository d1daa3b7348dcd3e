import assert from "node:assert/strict";
import { test } from "node:test";
import { pathOf } from "./path.ts";
import { byProcess, parseSample } from "./server-metrics.ts";

test("the server's figures are read from Prometheus' text format", () => {
	const text = `# HELP hubbub_process_cpu_seconds_total CPU time.
hubbub_process_cpu_seconds_total 12.5
hubbub_process_resident_memory_bytes 1.5e+08
hubbub_process_start_time_seconds 1700000000.25
hubbub_event_loop_lag_seconds{quantile="0.5"} 0.001
hubbub_event_loop_lag_seconds{quantile="0.99"} 0.25
`;
	assert.deepEqual(parseSample(text, 7), {
		atMs: 7,
		startedS: 1_700_000_000.25,
		cpuS: 12.5,
		rssBytes: 150_000_000,
		lagP99Ms: 250,
	});
	assert.equal(parseSample("<html>not found</html>", 7), undefined);
});

test("the processes behind one address are distinguished by their start times", () => {
	const sample = (startedS: number, cpuS: number) => ({ atMs: 0, startedS, cpuS, rssBytes: 1 });
	const found = byProcess("chat.example", [sample(1, 10), sample(2, 70), sample(1, 11), sample(2, 71)]);
	assert.deepEqual(
		found.map(({ name, samples }) => [name, samples.map(({ cpuS }) => cpuS)]),
		[
			["chat.example", [10, 11]],
			["chat.example (2)", [70, 71]],
		],
	);
	assert.deepEqual(byProcess("chat.example", []), []);
});

test("the path of a load follows from the address", () => {
	assert.equal(pathOf("127.0.0.1"), "this machine");
	assert.equal(pathOf("::1"), "this machine");
	assert.equal(pathOf("10.1.2.3"), "private network");
	assert.equal(pathOf("fdaa:0:1::3"), "private network");
	assert.equal(pathOf("66.241.124.1"), "public edge");
	assert.equal(pathOf("2a09:8280:1::1"), "public edge");
});
