#!/usr/bin/env node
import { BadInput } from "../kit/cli.ts";
import { runSuite } from "../kit/suite/suite.ts";
import { ATTACKS } from "./attacks/all.ts";
import { COLUMNS, FIGURES } from "./run/columns.ts";
import { type AttackTimes, runAttack } from "./run/run-attack.ts";

const FULL: AttackTimes = { calmS: 4, attackS: 12, restS: 5 };
const QUICK: AttackTimes = { calmS: 1, attackS: 2, restS: 0.5 };

const HELP = `npm run attack -- [options]

Attacks the chat in every way that one machine allows, with its default limits, while bystanders chat: floods, slow
connections, readers that do not read, frames and requests that break the rules. Reports how much was accepted, what the
server's memory and event loop did meanwhile, and how long the bystanders waited.

  --only LIST   attacks, separated by commas (--list shows them)
  --seconds N   how long each of them lasts; 12 by default, 2 with --quick. The control ends when memory has grown
  --quick       small and short attacks: all of them in two minutes
  --seed TEXT   repeats the random choices of a run, which prints its seed first
  --report DIR  the folder for the results; by default reports/
  --list        the attacks, and what is expected
  --help        this text

The server is the real one, in its own process with its own database, attacked from addresses of 127.0.0.0/8: that needs
Linux; a row that needs PostgreSQL is skipped without it. A full run takes about ten minutes. Results: attack-<time>.json and .md. Exit code: 0, 1 when an attack was not
withstood or the control was not caught, 2 for bad input.`;

await runSuite({
	name: "attack",
	rowTitle: "attack",
	help: HELP,
	rows: ATTACKS,
	amount: { flag: "seconds", most: 3_600 },
	describe: ({ growthMiB }) => `memory grows by ${growthMiB} MiB at most`,
	rounds: () => 1,
	async run(attack, run, { quick, amount }) {
		const times = quick ? QUICK : FULL;
		const attackS = attack.seconds ?? amount ?? times.attackS;
		const measured = await runAttack(attack, run, { ...times, attackS });
		for (const { title, value } of FIGURES) run.figure(title, value(measured, attack));
		return measured;
	},
	columns: COLUMNS,
	requireMachine() {
		if (process.platform !== "linux")
			throw new BadInput(
				"The attacks need Linux, for its loopback addresses and its /proc. A Linux container has both.",
			);
	},
});
