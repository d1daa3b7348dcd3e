import assert from "node:assert/strict";
import { test } from "node:test";
import { DEFAULT_SETTINGS } from "../command-line/settings.ts";
import { scheduleOf } from "./schedule.ts";

const settings = { ...DEFAULT_SETTINGS, rate: 2, duration: 100 };
const speaker = (user: number) => ({ user, place: user, speakers: 10 });

test("the speakers of a room together send at its rate", () => {
	const all = Array.from({ length: 10 }, (_, user) => scheduleOf(speaker(user), settings)).flat();
	// Each has 20 intervals of five seconds.
	assert.equal(all.length, 200);
	assert.ok(all.every((at) => at >= 0 && at < 100_000));
});

test("each send lies in an interval of its own, at a moment that is the same in every run", () => {
	const times = scheduleOf(speaker(3), settings);
	assert.deepEqual(times, scheduleOf(speaker(3), settings));
	assert.deepEqual(
		times.map((at) => Math.floor(at / 5_000)),
		[...Array(20).keys()],
	);
	assert.notDeepEqual(times, scheduleOf(speaker(4), settings));
});

test("a user who only reads has an empty schedule", () => {
	assert.deepEqual(scheduleOf({ user: 1, place: -1, speakers: 1 }, settings), []);
	assert.deepEqual(scheduleOf(speaker(1), { ...settings, rate: 0 }), []);
});

test("together means at the same moments", () => {
	const together = { ...settings, pace: "together" } as const;
	assert.deepEqual(scheduleOf(speaker(1), together), scheduleOf(speaker(2), together));
	assert.equal(scheduleOf(speaker(1), together).length, 20);
	assert.equal(scheduleOf(speaker(1), { ...together, rate: 0.001 }).length, 1);
});
