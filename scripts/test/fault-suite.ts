import { globSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { root } from "../root.ts";
import { type Counts, NONE } from "./counts.ts";
import { runProgram } from "./run-program.ts";
import { noteFailure, print } from "./stage-context.ts";

/** Every test run uses the same seed, so that two runs differ only by the change between them. */
const SEED = "test";

/** A row of a suite's table. Only the state "held" has passed. */
export type FaultRow = {
	id: string;
	title: string;
	state: "held" | "broken" | "skipped";
	/** Why it was skipped. */
	reason?: string;
	findings?: { problems: string[] };
};

type FaultSuite = {
	/** The program, relative to the project. */
	program: string;
	deadlineMs: number;
	/** The cores that it keeps busy. */
	share: number;
	/** The ids of the rows to run; all by default. */
	rows?: readonly string[] | undefined;
	/** Whether a failed row may hold at a second attempt. */
	isRepeatable: boolean;
	/** Whether a row that can't run here is skipped. Otherwise it has failed. */
	maySkip: boolean;
	env: Record<string, string>;
};

/**
 * Runs the quick form of a suite that breaks the chat, and counts its rows. The suite is a program that takes `--quick`,
 * `--seed TEXT` and `--report FOLDER`, and writes there one JSON file with its rows as `results`.
 */
export async function runFaultSuite({ program, rows, isRepeatable, maySkip, ...options }: FaultSuite): Promise<Counts> {
	const folder = mkdtempSync(join(tmpdir(), "hubbub-test-"));
	try {
		const only = rows ? ["--only", rows.join()] : [];
		const args = [resolve(root, program), "--quick", "--seed", SEED, ...only, "--report", folder];
		const run = await runProgram(process.execPath, args, options);
		if (run.timedOut) print(`\n  Stopped after ${options.deadlineMs / 1_000} seconds.`);
		const [report] = globSync(join(folder, "*.json"));
		const results: FaultRow[] = report ? JSON.parse(readFileSync(report, "utf8")).results : [];
		const { counts, sentences, failed } = countRows(results, maySkip);
		if (isRepeatable) for (const row of failed) noteFailure({ file: program, row });
		for (const sentence of sentences) print(`  ${sentence}`);
		const isExplained = counts.failed > 0 || (run.code === 0 && results.length > 0);
		if (counts.failed > 0 || !isExplained) print(`\n${run.output}`);
		return isExplained ? counts : { ...counts, failed: 1 };
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}

/** Returns the counts of the rows, a sentence for each row that did not hold, and the ids of those that failed. */
export function countRows(
	rows: readonly FaultRow[],
	maySkip: boolean,
): { counts: Counts; sentences: string[]; failed: string[] } {
	const counts = { ...NONE };
	const sentences: string[] = [];
	const failed: string[] = [];
	for (const { id, title, state, reason, findings } of rows) {
		if (state === "held") counts.passed++;
		else if (state === "skipped" && maySkip) counts.skipped++;
		else {
			counts.failed++;
			failed.push(id);
		}
		if (state === "skipped") sentences.push(`- ${title}: could not run here, ${reason}`);
		else if (state !== "held") sentences.push(`✖ ${title}: ${findings?.problems.join(" ") ?? state}`);
	}
	return { counts, sentences, failed };
}
