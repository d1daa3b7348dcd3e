import assert from "node:assert/strict";
import { test } from "node:test";
import { createPatience } from "./patience.ts";

test("it is over once the wait has lasted, counted from its beginning", (t) => {
	t.mock.timers.enable({ apis: ["setTimeout"] });
	const patience = createPatience(4_000);
	patience.wait();
	t.mock.timers.tick(3_000);
	patience.wait();
	assert.equal(patience.over.value, false);
	t.mock.timers.tick(1_000);
	assert.equal(patience.over.value, true);
	patience.end();
	assert.equal(patience.over.value, false);
});

test("a wait that ends in time is nobody's business", (t) => {
	t.mock.timers.enable({ apis: ["setTimeout"] });
	const patience = createPatience(4_000);
	patience.wait();
	t.mock.timers.tick(3_999);
	patience.end();
	t.mock.timers.tick(10_000);
	assert.equal(patience.over.value, false);
});
