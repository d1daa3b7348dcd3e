import { globSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Counts, NONE } from "./counts.ts";
import { runProgram } from "./run-program.ts";
import { print } from "./stage-context.ts";

/** Every test run uses the same seed, so that two runs differ only by the change between them. */
const SEED = "test";

/** A row of a suite's table. Only the state "held" has passed. */
export type FaultRow = {
	title: string;
	state: "held" | "broken" | "skipped";
	/** Why it was skipped. */
	reason?: string;
	findings?: { problems: string[] };
};

/**
 * Runs the quick form of a suite that breaks the chat, and counts its rows. The suite is a program that takes `--quick`,
 * `--seed TEXT` and `--report FOLDER`, and writes there one JSON file with its rows as `results`.
 */
export async function runFaultSuite(
	program: string,
	{ deadlineMs, share }: { deadlineMs: number; share: number },
	maySkip: boolean,
	env: Record<string, string>,
): Promise<Counts> {
	const folder = mkdtempSync(join(tmpdir(), "hubbub-test-"));
	try {
		const args = [program, "--quick", "--seed", SEED, "--report", folder];
		const run = await runProgram(process.execPath, args, { deadlineMs, env, share });
		if (run.timedOut) print(`\n  Stopped after ${deadlineMs / 1_000} seconds.`);
		const [report] = globSync(join(folder, "*.json"));
		const rows: FaultRow[] = report ? JSON.parse(readFileSync(report, "utf8")).results : [];
		const { counts, sentences } = countRows(rows, maySkip);
		for (const sentence of sentences) print(`  ${sentence}`);
		const isExplained = counts.failed > 0 || (run.code === 0 && rows.length > 0);
		if (counts.failed > 0 || !isExplained) print(`\n${run.output}`);
		return isExplained ? counts : { ...counts, failed: 1 };
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}

/** Returns the counts of the rows, and a sentence for each row that did not hold. */
export function countRows(rows: readonly FaultRow[], maySkip: boolean): { counts: Counts; sentences: string[] } {
	const counts = { ...NONE };
	const sentences: string[] = [];
	for (const { title, state, reason, findings } of rows) {
		if (state === "held") counts.passed++;
		else if (state === "skipped" && maySkip) counts.skipped++;
		else counts.failed++;
		if (state === "skipped") sentences.push(`- ${title}: could not run here, ${reason}`);
		else if (state !== "held") sentences.push(`✖ ${title}: ${findings?.problems.join(" ") ?? state}`);
	}
	return { counts, sentences };
}
