import type { RowRun } from "../../kit/suite/row-run.ts";
import type { SuiteRow } from "../../kit/suite/suite.ts";

/** A fault, and how often it is repeated. */
export type ChaosRow = SuiteRow & {
	rounds: { full: number; quick: number };
	run: (run: RowRun) => Promise<void>;
};
