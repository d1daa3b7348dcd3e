import { CleanUp } from "../clean-up.ts";
import { EXIT_CODE, runCommand } from "../cli.ts";
import { Random } from "../random.ts";
import { TempFolder } from "../temp-folder.ts";
import type { Findings } from "./findings.ts";
import { listRows, readSuiteOptions, type SuiteOptions } from "./options.ts";
import { type Column, writeSuiteReport } from "./report.ts";
import { RowRun } from "./row-run.ts";

const UPDATE_INTERVAL_MS = 5_000;

export type SuiteRow = {
	/** What `--only` takes. */
	id: string;
	title: string;
	/** The behaviour that passes. */
	expected: string;
	/** Returns why the row cannot run on this machine; undefined if it can. */
	obstacle?: () => string | undefined;
};

type RowHead = Pick<SuiteRow, "id" | "title" | "expected">;

/** A row's result. A skipped row has a reason and never counts as held. */
export type RowResult<M> = RowHead &
	(
		| { state: "skipped"; reason: string }
		| {
				state: "held" | "broken";
				seconds: number;
				rounds: number;
				findings: Findings;
				figures: Record<string, string>;
				/** What the row has returned; undefined if it failed. */
				measured: M | undefined;
		  }
	);

/** A program that breaks the chat in many ways, one row after the other. Rows return `M`. */
export type Suite<R extends SuiteRow, M> = {
	/** Started with `npm run <name>`. */
	name: string;
	/** The title of the table's first column. */
	rowTitle: string;
	help: string;
	rows: readonly R[];
	/** The suite's own option, a whole number: rounds or seconds per row. */
	amount: { flag: "rounds" | "seconds"; most: number };
	/** Returns what `--list` says of a row beside what is expected. */
	describe: (row: R) => string;
	rounds: (row: R, options: SuiteOptions) => number;
	run: (row: R, run: RowRun, options: SuiteOptions) => Promise<M>;
	/** The columns of the table behind title, expectation and state. The last one has the reason for a skipped row. */
	columns: readonly Column<R, M>[];
	/** Throws if nothing of the suite can run on this machine. */
	requireMachine?: () => void;
};

/** Runs the rows that the command line asks for, prints their table and sets the exit code: 1 if a row is broken. */
export async function runSuite<R extends SuiteRow, M>(suite: Suite<R, M>): Promise<void> {
	await runCommand(async (args) => {
		const options = readSuiteOptions(suite, args);
		if (options === "help" || options === "list") {
			console.log(options === "help" ? suite.help : listRows(suite));
			return EXIT_CODE.passed;
		}
		suite.requireMachine?.();
		console.error(`seed ${options.seed} (repeat the run with --seed ${options.seed})`);
		const progress = new RowProgress();
		const results: RowResult<M>[] = [];
		for (const row of suite.rows.filter(({ id }) => options.rows.includes(id))) {
			const result = await runRow(suite, row, options, progress);
			progress.end(result);
			results.push(result);
		}
		const { files, markdown } = writeSuiteReport(suite, results, options);
		console.log(`\n${markdown}`);
		console.error(`Written: ${files.join(", ")}`);
		return results.some(({ state }) => state === "broken") ? EXIT_CODE.failed : EXIT_CODE.passed;
	});
}

async function runRow<R extends SuiteRow, M>(
	suite: Suite<R, M>,
	row: R,
	options: SuiteOptions,
	progress: RowProgress,
): Promise<RowResult<M>> {
	const { id, title, expected } = row;
	const reason = row.obstacle?.();
	if (reason !== undefined) return { id, title, expected, state: "skipped", reason };
	progress.begin(title);
	const startedAt = performance.now();
	using cleanUp = new CleanUp();
	const folder = new TempFolder(`hubbub-${suite.name}-`);
	cleanUp.add(() => folder[Symbol.dispose]());
	const run = new RowRun({
		rounds: suite.rounds(row, options),
		quick: options.quick,
		random: new Random(`${options.seed}/${id}`),
		cleanUp,
		folder: folder.path,
		onProgress: (text) => progress.update(text),
	});
	// A row that fails is broken.
	const measured = await suite.run(row, run, options).catch((error) => {
		run.problem(`The row failed: ${error instanceof Error ? error.message : error}`);
		return undefined;
	});
	const { findings, figures, rounds } = run;
	const state = findings.hasProblems ? "broken" : "held";
	const seconds = (performance.now() - startedAt) / 1_000;
	return { id, title, expected, state, seconds, rounds, findings, figures, measured };
}

/** Reports progress on standard error: one changing line on a terminal, a line every few seconds elsewhere. */
class RowProgress {
	readonly #isTerminal = process.stderr.isTTY;
	#updatedAt = 0;

	begin(title: string): void {
		this.#updatedAt = performance.now();
		process.stderr.write(this.#isTerminal ? `… ${title}` : `… ${title}\n`);
	}

	update(text: string): void {
		if (this.#isTerminal) process.stderr.write(`\r\x1b[K… ${text}`);
		else if (performance.now() - this.#updatedAt >= UPDATE_INTERVAL_MS) {
			this.#updatedAt = performance.now();
			process.stderr.write(`    ${text}\n`);
		}
	}

	end(result: RowResult<unknown>): void {
		if (this.#isTerminal) process.stderr.write("\r\x1b[K");
		if (result.state === "skipped") {
			process.stderr.write(`- ${result.title}: skipped, ${result.reason}\n`);
			return;
		}
		const figures = Object.entries(result.figures).map(([name, value]) => `${name} ${value}`);
		const mark = result.state === "held" ? "✓" : "✗";
		process.stderr.write(`${mark} ${result.title} (${result.seconds.toFixed(0)} s) ${figures.join("; ")}\n`);
		for (const problem of result.findings.problems) process.stderr.write(`    ${problem}\n`);
	}
}
