import assert from "node:assert/strict";
import { test } from "node:test";
import { type CostForm, CostSearch, costSentence } from "./cost-search.ts";
import { Random } from "./random.ts";

const linear: CostForm = { name: "linear", maxChars: 1_000, cost: async (text) => 10 + text.length };
const quadratic: CostForm = {
	name: "quadratic",
	maxChars: 1_000,
	cost: async (text) => 10 + text.length + (text.split("\u0301").length - 1) ** 2,
};

test("what costs more than in proportion to its length is found, and nothing else", async () => {
	const search = new CostSearch([linear, quadratic], new Random("seed"), 20);
	const found = [];
	for (let step = 0; step < 400; step++) found.push(await search.step());
	const costly = found.filter(({ ratio }) => ratio > 20);
	assert.ok(costly.length > 0);
	assert.ok(costly.every(({ form, unit }) => form === "quadratic" && unit.includes("\u0301")));
	assert.match(costSentence(costly[0]!), /^quadratic: \d+ characters of ".*" cost \d+\.\d times/);
});

test("what was costly once, as on a busy machine, is not taken for costly", async () => {
	let calls = 0;
	const noisy: CostForm = { name: "noisy", maxChars: 100, cost: async () => (calls++ % 7 === 1 ? 1_000 : 1) };
	const search = new CostSearch([noisy], new Random("seed"), 20);
	for (let step = 0; step < 50; step++) assert.ok((await search.step()).ratio <= 20);
});
