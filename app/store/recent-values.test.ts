import assert from "node:assert/strict";
import { test } from "node:test";
import { RecentValues } from "./recent-values.ts";

test("values that are used stay, and the others are computed again", () => {
	const values = new RecentValues(3);
	const computed: string[] = [];
	const use = (...keys: string[]) => {
		for (const key of keys)
			assert.equal(
				values.of(key, () => {
					computed.push(key);
					return key.toUpperCase();
				}),
				key.toUpperCase(),
			);
		return computed.splice(0);
	};
	assert.deepEqual(use("a", "b", "a", "c"), ["a", "b", "c"]);
	assert.deepEqual(use("d", "a", "e", "a"), ["d", "e"], "a is kept, although more came since");
	assert.deepEqual(use("f", "g", "a", "h"), ["f", "g", "h"]);
	assert.deepEqual(use("b", "a"), ["b"], "b was not used for long");
});
