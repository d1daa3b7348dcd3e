import { randomBytes } from "node:crypto";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { BadInput } from "../../bad-input.ts";
import { listed } from "../../listed.ts";
import { ATTACKS } from "../attacks/all.ts";

const REPORTS_DIR = fileURLToPath(new URL("../../../reports/", import.meta.url));
const MAX_SECONDS = 3_600;
const SEED_BYTES = 4;
const KNOWN = ATTACKS.map(({ id }) => id);
const MAX_SEED_CHARS = 64;

export const HELP = `npm run attack -- [options]

Attacks the chat in every way that one machine allows, with its limits as they come, while bystanders talk: floods, slow
lines, readers that do not read, frames and requests that break the rules. Tells how much got through, what the server's
memory and event loop did meanwhile, and how long the bystanders waited.

  --only LIST   attacks, with commas between (--list names them)
  --seconds N   how long each of them lasts; 12 without it, 2 with --quick
  --quick       small and short attacks: all of them in two minutes
  --seed TEXT   draws the same again: the seed of a run stands at its head
  --report DIR  where the results go; without it, reports/
  --list        the attacks, and what is to happen
  --help        this text

The server is the real one, as a process of its own on a database of its own, attacked from addresses of 127.0.0.0/8: that
needs Linux. All of it takes about ten minutes. Results: attack-<time>.json and .md. Exit code: 0, 1 when an attack was not
withstood or the control was not caught, 2 for bad input.`;

export type Options = {
	rows: readonly string[];
	/** As each run has it, where it is undefined. */
	seconds: number | undefined;
	quick: boolean;
	seed: string;
	/** The folder for the results, absolute. */
	reportFolder: string;
	/** What was called, for whoever reads the results. */
	command: string;
};

/** Reads the command line; the word itself where help or a list was asked for. Throws {@link BadInput} with a sentence. */
export function readOptions(args: readonly string[]): Options | "help" | "list" {
	const { help, list, only, seconds, quick, seed, report } = parse(args);
	if (help) return "help";
	if (list) return "list";
	if (seed !== undefined && (seed === "" || seed.length > MAX_SEED_CHARS))
		throw new BadInput(`--seed is a text of 1 to ${MAX_SEED_CHARS} characters.`);
	if (report === "") throw new BadInput("--report is the folder that the results go to.");
	return {
		rows: listed("--only", only, KNOWN) ?? KNOWN,
		seconds: seconds === undefined ? undefined : readSeconds(seconds),
		quick,
		seed: seed ?? randomBytes(SEED_BYTES).toString("hex"),
		reportFolder: report === undefined ? REPORTS_DIR : resolve(report),
		command: `npm run attack${args.length > 0 ? ` -- ${args.join(" ")}` : ""}`,
	};
}

export function listAttacks(): string {
	return ATTACKS.map(({ id, title, expected, growthMiB }) => {
		return `${id.padEnd(16)}${title}\n${" ".repeat(16)}${expected}; memory grows by ${growthMiB} MiB at most`;
	}).join("\n");
}

function parse(args: readonly string[]) {
	try {
		const flag = { type: "boolean", default: false } as const;
		const text = { type: "string" } as const;
		const options = { help: flag, list: flag, quick: flag, only: text, seconds: text, seed: text, report: text };
		return parseArgs({ args: [...args], options }).values;
	} catch (error) {
		const [sentence] = (error as Error).message.split(/\.(?: |$)/);
		throw new BadInput(`${sentence}: see npm run attack -- --help.`);
	}
}

function readSeconds(text: string): number {
	const seconds = Number(text);
	if (!Number.isInteger(seconds) || seconds < 1 || seconds > MAX_SECONDS)
		throw new BadInput(`--seconds is a whole number from 1 to ${MAX_SECONDS}, not "${text}".`);
	return seconds;
}
