import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { root } from "../root.ts";
import { add, type Counts, NONE } from "./counts.ts";
import { groupsOf } from "./groups.ts";
import type { ResultLine } from "./reporter-results.ts";
import { runProgram } from "./run-program.ts";
import { noteDuration } from "./slowest.ts";
import { noteFailure, print } from "./stage-context.ts";

export type NodeSuite = {
	files: string[];
	/** The Node program; by default that of this process. */
	node?: string;
	/** Groups of files that run side by side. */
	groups: number;
	/** The cores that a group keeps busy; 1 by default. */
	share?: number;
	testTimeoutMs: number;
	deadlineMs: number;
	/** Test files with JSX need tsx: Node itself strips types, but does not compile JSX. */
	jsx?: boolean;
	env?: Record<string, string>;
};

const MAX_OUTPUT_CHARS = 8_000;

/**
 * Runs test files with `node --test` and prints failures. The files of a group share a process, because starting Node and
 * importing the server takes longer than most files.
 */
export async function runNodeSuite(suite: NodeSuite): Promise<Counts> {
	const runs = groupsOf(suite.files, suite.groups).map((files) => runFiles(suite, files));
	return (await Promise.all(runs)).reduce(add, NONE);
}

async function runFiles(suite: NodeSuite, files: string[]): Promise<Counts> {
	if (files.length === 0) return NONE;
	const folder = mkdtempSync(join(tmpdir(), "hubbub-test-"));
	const results = join(folder, "results.jsonl");
	const failures = join(folder, "failures.txt");
	const args = [
		...(suite.jsx ? ["--import", "tsx"] : []),
		"--test",
		"--test-isolation=none",
		`--test-timeout=${suite.testTimeoutMs}`,
		`--test-reporter=${join(root, "scripts/test/reporter-failures.ts")}`,
		`--test-reporter-destination=${failures}`,
		`--test-reporter=${join(root, "scripts/test/reporter-results.ts")}`,
		`--test-reporter-destination=${results}`,
		...files,
	];
	try {
		const run = await runProgram(suite.node ?? process.execPath, args, {
			deadlineMs: suite.deadlineMs,
			share: suite.share ?? 1,
			...(suite.env && { env: suite.env }),
		});
		const { counts, isComplete } = readResults(results);
		if (counts.failed === 0 && run.code === 0 && isComplete) return counts;
		if (existsSync(failures)) print(readFileSync(failures, "utf8").trimEnd());
		if (run.output.trim() !== "") print(`\n  Printed meanwhile:\n${run.output.trimEnd().slice(-MAX_OUTPUT_CHARS)}`);
		if (run.timedOut) print(`\n  Stopped after ${suite.deadlineMs / 1_000} seconds.`);
		if (!isComplete) print(`\n  The test runner ended with ${run.code}, without a result. It ran ${files.join(" ")}`);
		// What did not run has failed too, and no test stands for it.
		return { ...counts, failed: isComplete ? Math.max(1, counts.failed) : counts.failed + 1 };
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}

/** A report without its last line is that of an incomplete run. */
function readResults(file: string): { counts: Counts; isComplete: boolean } {
	const counts = { ...NONE };
	let isComplete = false;
	const lines = existsSync(file) ? readFileSync(file, "utf8").split("\n") : [];
	for (const text of lines.filter((line) => line !== "")) {
		const line: ResultLine = JSON.parse(text);
		if ("end" in line) {
			isComplete = true;
			continue;
		}
		counts[line.result]++;
		if (line.result === "failed" && line.file !== "") noteFailure({ file: line.file });
		noteDuration(line);
	}
	return { counts, isComplete };
}
