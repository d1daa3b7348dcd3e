import assert from "node:assert/strict";
import { test } from "node:test";
import { swipeStep } from "./swipe-step.ts";

test("a finger that moves far across shows the next picture, or the one before", () => {
	const point = (clientX: number, clientY: number) => ({ clientX, clientY });
	assert.equal(swipeStep(point(200, 300), point(100, 310)), 1);
	assert.equal(swipeStep(point(100, 300), point(200, 290)), -1);
	assert.equal(swipeStep(point(100, 300), point(140, 300)), 0, "a short movement");
	assert.equal(swipeStep(point(100, 300), point(160, 350)), 0, "not across");
	assert.equal(swipeStep(undefined, point(160, 300)), 0, "two fingers");
});
