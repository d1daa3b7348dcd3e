import { resolve } from "node:path";
import { BadInput, REPORTS_FOLDER, readFlags, readList, readSeed, readWhole, SWITCH, TEXT } from "../cli.ts";
import type { Suite, SuiteRow } from "./suite.ts";

const LIST_INDENT = 16;

export type SuiteOptions = {
	/** The ids of the rows to run. */
	rows: readonly string[];
	/** The value of the suite's own option; undefined if each row has its usual one. */
	amount: number | undefined;
	quick: boolean;
	seed: string;
	/** The folder for the results, absolute. */
	reportFolder: string;
	/** The command as it was entered. */
	command: string;
};

/** Reads the command line. Returns `"help"` or `"list"` if that was requested; throws {@link BadInput}. */
export function readSuiteOptions(
	{ name, rows, amount: { flag, most } }: Pick<Suite<SuiteRow, never>, "name" | "rows" | "amount">,
	args: readonly string[],
): SuiteOptions | "help" | "list" {
	const flags = { help: SWITCH, list: SWITCH, quick: SWITCH, only: TEXT, seed: TEXT, report: TEXT } as const;
	const { help, list, quick, only, seed, report, ...own } = readFlags(`npm run ${name}`, args, {
		...flags,
		[flag]: TEXT,
	});
	if (help) return "help";
	if (list) return "list";
	if (report === "") throw new BadInput("--report is the folder for the results.");
	const ids = rows.map(({ id }) => id);
	const amount = (own as Record<string, string | undefined>)[flag];
	return {
		rows: only === undefined ? ids : readList("--only", only, ids),
		amount: amount === undefined ? undefined : readWhole(`--${flag}`, amount, most),
		quick: quick ?? false,
		seed: readSeed(seed),
		reportFolder: resolve(report ?? REPORTS_FOLDER),
		command: ["npm run", name, ...(args.length > 0 ? ["--", ...args] : [])].join(" "),
	};
}

/** Returns two lines for each row: its id and title, and what is expected. */
export function listRows<R extends SuiteRow>({ rows, describe }: Pick<Suite<R, never>, "rows" | "describe">): string {
	return rows
		.map((row) => {
			const reason = row.obstacle?.();
			const details = reason === undefined ? describe(row) : `skipped here: ${reason}`;
			return `${row.id.padEnd(LIST_INDENT)}${row.title}\n${" ".repeat(LIST_INDENT)}${row.expected}; ${details}`;
		})
		.join("\n");
}
