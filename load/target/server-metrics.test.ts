import assert from "node:assert/strict";
import { test } from "node:test";
import { pathOf } from "./path.ts";
import { parseSample } from "./server-metrics.ts";

test("the server's figures are read from Prometheus' text", () => {
	const text = `# HELP hubbub_process_cpu_seconds_total CPU time.
hubbub_process_cpu_seconds_total 12.5
hubbub_process_resident_memory_bytes 1.5e+08
hubbub_event_loop_lag_seconds{quantile="0.5"} 0.001
hubbub_event_loop_lag_seconds{quantile="0.99"} 0.25
`;
	assert.deepEqual(parseSample(text, 7), { atMs: 7, cpuS: 12.5, rssBytes: 150_000_000, lagP99Ms: 250 });
	assert.equal(parseSample("<html>not found</html>", 7), undefined);
});

test("an address tells over which way the load goes", () => {
	assert.equal(pathOf("127.0.0.1"), "this machine");
	assert.equal(pathOf("::1"), "this machine");
	assert.equal(pathOf("10.1.2.3"), "private network");
	assert.equal(pathOf("fdaa:0:1::3"), "private network");
	assert.equal(pathOf("66.241.124.1"), "public edge");
	assert.equal(pathOf("2a09:8280:1::1"), "public edge");
});
