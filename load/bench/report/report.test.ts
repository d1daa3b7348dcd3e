import assert from "node:assert/strict";
import { test } from "node:test";
import type { WorkloadResults } from "../run/rounds.ts";
import type { RunResult } from "../workloads/workload.ts";
import { judgeGoals } from "./goals.ts";
import { writeMarkdown } from "./markdown.ts";
import { drawPicture, logScale } from "./picture.ts";
import { summaryAt } from "./summary.ts";

const MACHINE = { cpus: 2, model: "Test", memoryGb: 1, os: "Linux 6", kernel: "6", node: "26", pinned: true };

function verified(cpuUsPerDelivery: number): RunResult {
	return { verdict: "verified", rate: 50, metrics: { cpuUsPerDelivery } };
}

const w1: WorkloadResults = {
	id: "W1",
	title: "A room",
	metrics: ["cpuUsPerDelivery"],
	rows: [
		{ id: "ours", title: "Ours", rounds: [[verified(2)], [verified(20)], [verified(3)]] },
		{ id: "uwebsockets", title: "Micro", rounds: [[verified(1)], [verified(10)], [verified(2)]] },
		{
			id: "socket.io",
			title: "Stock",
			rounds: [[verified(4)], [{ verdict: "void", why: "A delivery was lost.", metrics: {} }], [verified(6)]],
		},
	],
};

test("a row has the medians, and the ratios to the first row of each round", () => {
	const [ours, micro] = summaryAt(w1, 50);
	assert.equal(ours!.metrics.cpuUsPerDelivery, 3);
	assert.deepEqual(ours!.toFirst, {});
	assert.equal(micro!.metrics.cpuUsPerDelivery, 2);
	assert.deepEqual(micro!.toFirst.cpuUsPerDelivery, { median: 0.5, least: 0.5, most: 2 / 3 });
});

test("one void round makes the row void: it has a reason, and no figures", () => {
	const stock = summaryAt(w1, 50)[2]!;
	assert.equal(stock.verdict, "void");
	assert.equal(stock.why, "A delivery was lost.");
	assert.deepEqual(stock.metrics, {});
	const markdown = writeMarkdown([w1], MACHINE, 3);
	assert.match(markdown, /\| Stock \(\*void\*\) \| – \|/);
	assert.match(markdown, /- Stock at 50\/s is void: A delivery was lost\./);
});

test("goals are judged by paired ratios, and only if there are figures", () => {
	assert.deepEqual(
		judgeGoals([w1]).map(({ what, measured, isMet }) => ({ what, measured, isMet })),
		[
			{ what: "ours / uwebsockets", measured: "2.00 ×", isMet: false },
			{ what: "socket.io / ours", measured: "2.00 ×", isMet: true },
		],
	);
});

test("the axis places equal ratios at equal distances", () => {
	const { place, ticks } = logScale(1, 100, 0, 200);
	assert.deepEqual(
		[1, 10, 100].map((value) => Math.round(place(value))),
		[0, 100, 200],
	);
	assert.deepEqual(ticks, [1, 2, 5, 10, 20, 50, 100]);
});

test("the picture has every point, and its labels do not overlap", () => {
	const points = [10, 100].map((rate) => ({ rate, cpuUs: 2, keptUp: rate === 10 }));
	const picture = drawPicture(
		["a & b", "c"].map((title) => ({ title, points })),
		1_000,
	);
	assert.equal(picture.match(/<circle/g)?.length, 4);
	assert.equal(picture.match(/class="behind/g)?.length, 2);
	assert.ok(picture.includes("a &amp; b"));
	const heights = [...picture.matchAll(/<text class="d\d" x="\d+" y="([\d.]+)"/g)].map(([, y]) => Number(y));
	assert.equal(heights.length, 2);
	assert.ok(Math.abs(heights[0]! - heights[1]!) >= 15);
	assert.ok(!picture.includes("NaN"));
});
