import assert from "node:assert/strict";
import { test } from "node:test";
import { isComposing } from "./is-composing.ts";

test("a key of an input method is known during the composition, and by its code after it", () => {
	const key = (isComposing: boolean, keyCode: number) => ({ isComposing, keyCode }) as KeyboardEvent;
	assert.equal(isComposing(key(true, 13)), true);
	assert.equal(isComposing(key(false, 229)), true);
	assert.equal(isComposing(key(false, 13)), false);
});
