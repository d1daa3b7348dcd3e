import assert from "node:assert/strict";
import { test } from "node:test";
import { startOfDay } from "./start-of-day.ts";

test("a day begins at midnight of this device's time zone", () => {
	assert.equal(startOfDay("2026-11-21"), new Date(2026, 10, 21, 0, 0, 0, 0).getTime());
	assert.equal(startOfDay(""), undefined);
	assert.equal(startOfDay("21.11.2026"), undefined);
});
