import assert from "node:assert/strict";
import { test } from "node:test";
import { Verdict } from "../check/verdict.ts";
import { duration, spread } from "./figures.ts";
import { writeMarkdown } from "./markdown.ts";

const circumstances = { when: "2026-01-02T03:04:05Z", seed: "abc", quick: true, node: "26.0.0", kernel: "6.1" };

test("the table says what held, what broke and why, and what was not tried", () => {
	const broken = new Verdict();
	broken.acked = 1_234;
	broken.break("lost", "lobby: it was acked and is not in the store.", 2);
	const markdown = writeMarkdown(
		[
			{
				id: "a",
				title: "a fault",
				expected: "x",
				state: "held",
				seconds: 1,
				rounds: 3,
				verdict: new Verdict(),
				figures: {},
			},
			{
				id: "b",
				title: "b fault",
				expected: "x",
				state: "broken",
				seconds: 1,
				rounds: 1,
				verdict: broken,
				figures: { t: "1 s" },
			},
			{ id: "c", title: "c fault", expected: "x", state: "skipped", reason: "needs root" },
		],
		circumstances,
	);
	assert.match(markdown, /^2026-01-02, Node 26.0.0, Linux 6.1, seed `abc`, a quick run$/m);
	assert.match(markdown, /^\| a fault \| x \| held \| 3 \| 0 \| 0 \|/m);
	assert.match(markdown, /^\| b fault \| x \| broken \| 1 \| 1,234 \| 2 \| 0 \| 0 \| 0 \| t 1 s \|$/m);
	assert.match(markdown, /^\| c fault \| x \| skipped \| – \|.*\| needs root \|$/m);
	assert.match(markdown, /^- b fault: lobby: it was acked and is not in the store\.$/m);
});

test("a verdict counts every break and tells the first ones", () => {
	const [one, all] = [new Verdict(), new Verdict()];
	for (let count = 0; count < 100; count++) one.break("holes", `hole ${count}`);
	all.add(one);
	assert.equal(all.holds, false);
	assert.equal(all.holes, 100);
	assert.equal(all.complaints.length, 20);
	assert.equal(all.complaints[0], "hole 0");
});

test("figures are medians and tails of what was measured", () => {
	const ms = Array.from({ length: 100 }, (_, index) => index + 1);
	assert.equal(spread(ms, "p99"), "p50 50 ms, p99 99 ms");
	assert.equal(spread(ms), "p50 50 ms, max 100 ms");
	assert.equal(spread([]), "–");
	assert.equal(duration(12_345), "12.3 s");
});
