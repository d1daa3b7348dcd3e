import assert from "node:assert/strict";
import { test } from "node:test";
import { ManualClock } from "../testing/manual-clock.ts";
import { LoadHistory } from "./headroom.ts";

test("the load is sampled once a minute, and a day of it is kept", (t) => {
	const clock = new ManualClock();
	const load = { connections: 3, entries: 0, lagMs: 0 };
	const history = new LoadHistory({
		clock,
		connections: () => load.connections,
		entries: () => load.entries,
		takeLongestLagMs: () => load.lagMs,
	});
	t.after(() => history.stop());
	assert.equal(history.now.connections, 3, "before the first minute has passed");
	assert.equal(history.day.minutes, 0);
	load.entries = 600;
	load.lagMs = 120;
	assert.equal(history.day.lagMs, 120, "of the minute that goes on");
	load.lagMs = 80;
	for (let second = 0; second < 60; second++) clock.advance(1_000);
	load.connections = 1;
	assert.equal(history.now.connections, 3);
	assert.equal(history.now.lagMs, 120, "the longest delay of its minute");
	load.lagMs = 0;
	assert.ok(Math.abs(history.now.entriesPerS - 10) < 0.2, `${history.now.entriesPerS}`);
	assert.ok(history.now.memoryBytes > 0 && history.now.cpuCores >= 0);
	for (let second = 0; second < 60 * 1_440; second++) clock.advance(1_000);
	assert.equal(history.now.connections, 1);
	const { minutes, connections, entriesPerS } = history.day;
	assert.deepEqual([minutes, connections, entriesPerS], [1_440, 1, 0], "the first minute is older than a day");
	history.stop();
	assert.equal(clock.pending, 0);
});
