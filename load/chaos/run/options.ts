import { randomBytes } from "node:crypto";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { BadInput } from "../../bad-input.ts";
import { listed } from "../../listed.ts";
import { ROWS } from "../rows/all.ts";

const MAX_ROUNDS = 10_000;
const SEED_BYTES = 4;
const KNOWN = ROWS.map(({ id }) => id);
const MAX_SEED_CHARS = 64;
const REPORTS_DIR = fileURLToPath(new URL("../../../reports/", import.meta.url));

export const HELP = `npm run chaos -- [options]

Breaks the chat in every way that one machine allows, under load, and holds what everybody sent, had acked and was shown
against what is stored. Acked but lost, duplicated, missing, out of order: all of it has to be 0.

  --only LIST   faults, with commas between (--list names them)
  --rounds N    how often each of them is repeated; without it, as often as --list says
  --quick       few and short rounds: all faults within three minutes
  --seed TEXT   draws the same moments again: the seed of a run stands at its head
  --report DIR  where the results go; without it, reports/
  --list        the faults, what is to happen, and what can't run here
  --help        this text

The server is the real one, as a process of its own on a database of its own. What needs root or Linux (small disks,
broken partitions) is skipped elsewhere, and says so. All of it takes about half an hour. Results:
chaos-<time>.json and .md. Exit code: 0, 1 when a promise was broken or the control was not caught, 2 for bad
input.`;

export type Options = {
	rows: readonly string[];
	/** As often as each row says, where it is undefined. */
	rounds: number | undefined;
	quick: boolean;
	seed: string;
	/** The folder for the results. */
	reportFolder: string;
};

/** Reads the command line; the word itself where help or a list was asked for. Throws {@link BadInput} with a sentence. */
export function readOptions(args: readonly string[]): Options | "help" | "list" {
	const { help, list, only, rounds, quick, seed, report } = parse(args);
	if (help) return "help";
	if (list) return "list";
	if (seed !== undefined && (seed === "" || seed.length > MAX_SEED_CHARS))
		throw new BadInput(`--seed is a text of 1 to ${MAX_SEED_CHARS} characters.`);
	if (report === "") throw new BadInput("--report is the folder that the results go to.");
	return {
		rows: listed("--only", only, KNOWN) ?? KNOWN,
		rounds: rounds === undefined ? undefined : readRounds(rounds),
		quick,
		seed: seed ?? randomBytes(SEED_BYTES).toString("hex"),
		reportFolder: report ?? REPORTS_DIR,
	};
}

function parse(args: readonly string[]) {
	try {
		const flag = { type: "boolean", default: false } as const;
		const text = { type: "string" } as const;
		const options = { help: flag, list: flag, quick: flag, only: text, rounds: text, seed: text, report: text };
		return parseArgs({ args: [...args], options }).values;
	} catch (error) {
		const [sentence] = (error as Error).message.split(/\.(?: |$)/);
		throw new BadInput(`${sentence}: see npm run chaos -- --help.`);
	}
}

function readRounds(text: string): number {
	const rounds = Number(text);
	if (!Number.isInteger(rounds) || rounds < 1 || rounds > MAX_ROUNDS)
		throw new BadInput(`--rounds is a whole number from 1 to ${MAX_ROUNDS}, not "${text}".`);
	return rounds;
}
