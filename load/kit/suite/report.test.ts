import assert from "node:assert/strict";
import { test } from "node:test";
import { Findings } from "./findings.ts";
import { suiteMarkdown } from "./report.ts";
import type { RowResult, Suite, SuiteRow } from "./suite.ts";

const circumstances = {
	when: "2026-01-02T03:04:05Z",
	command: "npm run chaos -- --quick",
	seed: "abc",
	quick: true,
	machine: { node: "26.0.0", kernel: "6.1", cpus: 2 },
};

test("the table has what held, what is broken and why, and what was skipped", () => {
	const broken = new Findings();
	broken.acked = 1_234;
	broken.broken("lost", "lobby: it was acked and is not in the store.", 2);
	const rows = ["a", "b", "c"].map((id) => ({ id, title: `${id} fault`, expected: "x" }));
	const [a, b, c] = rows as [SuiteRow, SuiteRow, SuiteRow];
	const ran = { seconds: 1, figures: {}, measured: undefined };
	const results: RowResult<undefined>[] = [
		{ ...a, ...ran, state: "held", rounds: 3, findings: new Findings() },
		{ ...b, ...ran, state: "broken", rounds: 1, findings: broken, figures: { t: "1 s" } },
		{ ...c, state: "skipped", reason: "needs root" },
	];
	const columns: Suite<SuiteRow, undefined>["columns"] = [
		{ title: "rounds", cell: ({ rounds }) => rounds },
		{ title: "acked", cell: ({ findings }) => findings.acked },
		{ title: "lost", cell: ({ findings }) => findings.lost },
		{ title: "measured", isText: true, cell: ({ figures }) => figures.t },
	];
	const markdown = suiteMarkdown({ rowTitle: "fault", rows, columns }, results, circumstances);
	assert.match(
		markdown,
		/^`npm run chaos -- --quick`, 2026-01-02, Node 26.0.0, Linux 6.1, 2 CPUs, seed `abc`, a quick run$/m,
	);
	assert.match(markdown, /^\| a fault \| x \| held \| 3 \| 0 \| 0 \| – \|$/m);
	assert.match(markdown, /^\| b fault \| x \| broken \| 1 \| 1,234 \| 2 \| 1 s \|$/m);
	assert.match(markdown, /^\| c fault \| x \| skipped \| – \| – \| – \| needs root \|$/m);
	assert.match(markdown, /^- b fault: lobby: it was acked and is not in the store\.$/m);
});

test("findings count every problem and list the first ones", () => {
	const [one, all] = [new Findings(), new Findings()];
	for (let count = 0; count < 100; count++) one.broken("gaps", `gap ${count}`);
	all.add(one);
	assert.equal(all.hasProblems, true);
	assert.equal(all.gaps, 100);
	assert.equal(all.problems.length, 20);
	assert.equal(all.problems[0], "gap 0");
});
