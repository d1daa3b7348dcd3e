import assert from "node:assert/strict";
import { test } from "node:test";
import { createDelayedFlag } from "./delayed-flag.ts";

test("the flag is raised when the delay since the first start has passed", (t) => {
	t.mock.timers.enable({ apis: ["setTimeout"] });
	const flag = createDelayedFlag(4_000);
	flag.start();
	t.mock.timers.tick(3_000);
	flag.start();
	assert.equal(flag.raised.value, false);
	t.mock.timers.tick(1_000);
	assert.equal(flag.raised.value, true);
	flag.clear();
	assert.equal(flag.raised.value, false);
});

test("a flag is raised at once, also while the delay is running, and cleared", (t) => {
	t.mock.timers.enable({ apis: ["setTimeout"] });
	const flag = createDelayedFlag(4_000);
	flag.start();
	flag.raise();
	assert.equal(flag.raised.value, true);
	flag.clear();
	t.mock.timers.tick(10_000);
	assert.equal(flag.raised.value, false);
});

test("a flag that is cleared in time is never raised", (t) => {
	t.mock.timers.enable({ apis: ["setTimeout"] });
	const flag = createDelayedFlag(4_000);
	flag.start();
	t.mock.timers.tick(3_999);
	flag.clear();
	t.mock.timers.tick(10_000);
	assert.equal(flag.raised.value, false);
});
