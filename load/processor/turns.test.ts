import assert from "node:assert/strict";
import { test } from "node:test";
import { DEFAULT_SETTINGS } from "../settings.ts";
import { turns } from "./turns.ts";

const settings = { ...DEFAULT_SETTINGS, rate: 2, duration: 100 };
const speaker = (user: number) => ({ user, place: user, speakers: 10 });

test("a room's speakers together say its rate", () => {
	const all = Array.from({ length: 10 }, (_, user) => turns(speaker(user), settings)).flat();
	// Each has 20 intervals of five seconds, and the last turn may fall behind the end by none.
	assert.equal(all.length, 200);
	assert.ok(all.every((at) => at >= 0 && at < 100_000));
});

test("each turn lies in an interval of its own, at a moment that is the same in every run", () => {
	const times = turns(speaker(3), settings);
	assert.deepEqual(times, turns(speaker(3), settings));
	assert.deepEqual(
		times.map((at) => Math.floor(at / 5_000)),
		[...Array(20).keys()],
	);
	assert.notDeepEqual(times, turns(speaker(4), settings));
});

test("who only reads has no turns", () => {
	assert.deepEqual(turns({ user: 1, place: -1, speakers: 1 }, settings), []);
	assert.deepEqual(turns(speaker(1), { ...settings, rate: 0 }), []);
});

test("together means at the same moments", () => {
	const together = { ...settings, pace: "together" } as const;
	assert.deepEqual(turns(speaker(1), together), turns(speaker(2), together));
	assert.equal(turns(speaker(1), together).length, 20);
	assert.equal(turns(speaker(1), { ...together, rate: 0.001 }).length, 1);
});
