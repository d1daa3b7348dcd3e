import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { test } from "node:test";
import { BUDGET_BYTES, judge, weigh } from "./budget.ts";

test("files are weighed as they travel, all together", () => {
	const repetitive = { file: "a.js", contents: Buffer.from("hello ".repeat(100_000)) };
	assert.ok(judge(weigh([repetitive])).fits, "600 KB that compress to nothing");

	const half = () => randomBytes(BUDGET_BYTES / 2);
	const weighed = weigh([repetitive, { file: "b.js", contents: half() }, { file: "c.js", contents: half() }]);
	const { fits, sentence } = judge(weighed);
	assert.equal(fits, false);
	assert.match(sentence, /^First-load JavaScript: 40\.\d of 40\.0 KB brotli \([bc]\.js 20\.0, /);
});
