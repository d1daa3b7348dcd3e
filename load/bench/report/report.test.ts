import assert from "node:assert/strict";
import { test } from "node:test";
import type { Measured } from "../run/rounds.ts";
import type { Outcome } from "../workloads/workload.ts";
import { judgeGoals } from "./goals.ts";
import { logScale } from "./log-scale.ts";
import { writeMarkdown } from "./markdown.ts";
import { drawPicture } from "./picture.ts";
import { linesAt } from "./summary.ts";

const MACHINE = { cpu: "2 × Test", kernel: "6", node: "26", pinned: true };

function verified(cpuUsPerDelivery: number): Outcome {
	return { verdict: "verified", rate: 50, metrics: { cpuUsPerDelivery } };
}

const w1: Measured = {
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

test("a line has the medians, and the ratios to the first one round by round", () => {
	const [ours, micro] = linesAt(w1, 50);
	assert.equal(ours!.metrics.cpuUsPerDelivery, 3);
	assert.deepEqual(ours!.toFirst, {});
	assert.equal(micro!.metrics.cpuUsPerDelivery, 2);
	assert.deepEqual(micro!.toFirst.cpuUsPerDelivery, { median: 0.5, least: 0.5, most: 2 / 3 });
});

test("one void round makes the line void: it has a reason, and no figures", () => {
	const stock = linesAt(w1, 50)[2]!;
	assert.equal(stock.verdict, "void");
	assert.equal(stock.why, "A delivery was lost.");
	assert.deepEqual(stock.metrics, {});
	const markdown = writeMarkdown([w1], MACHINE, 3);
	assert.match(markdown, /\| Stock \(\*void\*\) \| – \|/);
	assert.match(markdown, /- Stock at 50\/s is void: A delivery was lost\./);
});

test("goals are judged by paired ratios, and only where there are figures", () => {
	assert.deepEqual(
		judgeGoals([w1]).map(({ what, measured, met }) => ({ what, measured, met })),
		[
			{ what: "ours / uwebsockets", measured: "2.00 ×", met: false },
			{ what: "socket.io / ours", measured: "2.00 ×", met: true },
		],
	);
});

test("the axis puts equal ratios at equal distances", () => {
	const { place, ticks } = logScale(1, 100, 0, 200);
	assert.deepEqual(
		[1, 10, 100].map((value) => Math.round(place(value))),
		[0, 100, 200],
	);
	assert.deepEqual(ticks, [1, 2, 5, 10, 20, 50, 100]);
});

test("the picture has every point, and its labels do not cover each other", () => {
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
