import type { Verdict } from "../../chaos/check/verdict.ts";
import type { Measured } from "../run/siege.ts";

/** What became of an attack. */
export type Result = {
	id: string;
	title: string;
	expected: string;
	/** By how much memory may grow, MiB. */
	bound: number;
	state: "held" | "broken";
	seconds: number;
	verdict: Verdict;
	/** Undefined where the row broke off. */
	measured: Measured | undefined;
	/** The same in words. */
	figures: Record<string, string>;
};
