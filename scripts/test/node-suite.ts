import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { root } from "../root.ts";
import { type Counts, NONE } from "./counts.ts";
import { runProgram } from "./run-program.ts";

export type NodeSuite = {
	files: string[];
	/** The Node to run them on; by default the one that runs this. */
	node?: string;
	/** How many test files run side by side. */
	concurrency: number;
	testTimeoutMs: number;
	deadlineMs: number;
	/** Test files with JSX need tsx: Node itself strips types, but does not compile JSX. */
	jsx?: boolean;
	/** A module that starts what the files share, once, and stops it after them. */
	globalSetup?: string;
	env?: Record<string, string>;
};

/** Runs test files under `node --test`; failures are printed as they happen. */
export async function runNodeSuite(suite: NodeSuite): Promise<Counts> {
	if (suite.files.length === 0) return NONE;
	const folder = mkdtempSync(join(tmpdir(), "hubbub-test-"));
	const countsFile = join(folder, "counts.json");
	const args = [
		...(suite.jsx ? ["--import", "tsx"] : []),
		"--test",
		`--test-concurrency=${suite.concurrency}`,
		`--test-timeout=${suite.testTimeoutMs}`,
		...(suite.globalSetup ? [`--test-global-setup=${suite.globalSetup}`] : []),
		`--test-reporter=${join(root, "scripts/test/reporter-failures.ts")}`,
		"--test-reporter-destination=stdout",
		`--test-reporter=${join(root, "scripts/test/reporter-counts.ts")}`,
		`--test-reporter-destination=${countsFile}`,
		...suite.files,
	];
	try {
		const run = await runProgram(suite.node ?? process.execPath, args, {
			deadlineMs: suite.deadlineMs,
			echo: true,
			...(suite.env && { env: suite.env }),
		});
		if (run.timedOut) console.log(`\n  Stopped after ${suite.deadlineMs / 1_000} seconds.`);
		const counts = readCounts(countsFile);
		const unexplained = run.code !== 0 && counts.failed === 0;
		return unexplained ? { ...counts, failed: 1 } : counts;
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}

/** Without counts the runner itself broke down, which counts as one failure. */
function readCounts(file: string): Counts {
	try {
		return JSON.parse(readFileSync(file, "utf8"));
	} catch {
		console.log("\n  The test runner ended without a result.");
		return { ...NONE, failed: 1 };
	}
}
