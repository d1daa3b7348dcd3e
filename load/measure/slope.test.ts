import assert from "node:assert/strict";
import { test } from "node:test";
import { Random } from "../kit/random.ts";
import { slopeOf } from "./slope.ts";

const points = (value: (t: number) => number, length = 600) =>
	Array.from({ length }, (_, t) => ({ t: t + 100, value: value(t) }));

test("the slope of a straight line is exact", () => {
	const slope = slopeOf(points((t) => 7 + 0.5 * t));
	assert.ok(slope);
	for (const value of [slope.perS, slope.low, slope.high]) assert.ok(Math.abs(value - 0.5) < 1e-6);
	assert.ok(Math.abs(slope.from - 7) < 1e-6 && Math.abs(slope.to - (7 + 0.5 * 599)) < 1e-6);
});

test("the interval contains the true slope in about 95 cases of 100", () => {
	let held = 0;
	for (let seed = 1; seed <= 400; seed++) {
		const noise = new Random(String(seed));
		const slope = slopeOf(points((t) => 0.01 * t + 3 * noise.normal()));
		assert.ok(slope);
		if (slope.low <= 0.01 && slope.high >= 0.01) held++;
	}
	assert.ok(held >= 370, `${held} of 400`);
});

test("single outliers do not change the slope", () => {
	const slope = slopeOf(points((t) => (t % 97 === 5 && t > 300 ? 10_000 : 20)));
	assert.equal(slope?.perS, 0);
});

test("too few points have no slope", () => {
	assert.equal(slopeOf([]), undefined);
	assert.equal(slopeOf(points(() => 1, 7)), undefined);
	assert.equal(slopeOf(Array.from({ length: 50 }, () => ({ t: 3, value: 1 }))), undefined);
});
