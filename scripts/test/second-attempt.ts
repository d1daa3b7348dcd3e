import { FileGraph } from "./file-graph.ts";
import type { Selection } from "./selection.ts";

/**
 * A failed test, or a row of a fault suite.
 * @property file where it is written, relative to the project: a test file, a file of tests that several test files import, or
 *   the program of a fault suite
 * @property row the id of the row
 */
export type Failure = { file: string; row?: string };

/** More failures have another cause than a busy machine. */
const MOST_FAILURES = 10;

/** Returns whether what failed in a stage can be run again: each failure is known, and they are few. */
export function canRunAgain(failures: readonly Failure[], failed: number): boolean {
	return failed > 0 && failures.length === failed && failed <= MOST_FAILURES;
}

/** Selects the test files and the rows with failures. */
export function failedOnly(root: string, failures: readonly Failure[]): Selection {
	const files = new Set(failures.map(({ file }) => file));
	const shared = [...files].filter((file) => !file.includes(".test."));
	const graph = new FileGraph(root);
	return {
		has: (file) => files.has(file) || shared.some((other) => graph.reaches(file, other)),
		hasProgram: (program) => files.has(program),
		rowsOf: (program) => failures.flatMap(({ file, row }) => (file === program && row !== undefined ? row : [])),
		withChecks: false,
	};
}
