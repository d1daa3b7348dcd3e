#!/usr/bin/env node
import { runSuite } from "../kit/suite/suite.ts";
import { ROWS } from "./rows/all.ts";

const HELP = `npm run chaos -- [options]

Breaks the chat in every way that one machine allows, under load, and compares what all users sent, had acked and
received with what is stored: messages, edits, reactions, replies and removals. Nothing that was acked may be lost,
duplicated, missing or out of order, all users see the same state, and no text stays readable after its edit or removal.

  --only LIST   faults, separated by commas (--list shows them)
  --rounds N    how often each fault is repeated; by default as often as --list says
  --quick       few and short rounds: all faults within three minutes
  --seed TEXT   repeats the random choices of a run, which prints its seed first
  --report DIR  the folder for the results; by default reports/
  --list        the faults, what is expected, and what cannot run on this machine
  --help        this text

The server is the real one, in its own process with its own database. Faults that need root or Linux (a small disk, a
partition) are skipped elsewhere, with the reason. A full run takes about half an hour. Results:
chaos-<time>.json and .md. Exit code: 0, 1 when a guarantee was broken or the control was not caught, 2 for bad
input.`;

await runSuite({
	name: "chaos",
	rowTitle: "fault",
	help: HELP,
	rows: ROWS,
	amount: { flag: "rounds", most: 10_000 },
	describe: ({ rounds }) => `${rounds.full} ${rounds.full === 1 ? "round" : "rounds"}, ${rounds.quick} with --quick`,
	rounds: ({ rounds }, { amount, quick }) => amount ?? (quick ? rounds.quick : rounds.full),
	run: (row, run) => row.run(run),
	columns: [
		{ title: "rounds", cell: ({ rounds }) => rounds },
		{ title: "acked", cell: ({ findings }) => findings.acked },
		{ title: "lost", cell: ({ findings }) => findings.lost },
		{ title: "duplicated", cell: ({ findings }) => findings.duplicated },
		{ title: "gaps", cell: ({ findings }) => findings.gaps },
		{ title: "out of order", cell: ({ findings }) => findings.outOfOrder },
		{ title: "altered", cell: ({ findings }) => findings.altered },
		{ title: "not erased", cell: ({ findings }) => findings.unerased },
		{
			title: "measured",
			isText: true,
			cell: ({ figures }) =>
				Object.entries(figures)
					.map((figure) => figure.join(" "))
					.join("; "),
		},
	],
});
