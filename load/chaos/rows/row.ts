import type { Verdict } from "../check/verdict.ts";
import type { CleanUp } from "../run/clean-up.ts";
import type { Random } from "../schedule/random.ts";

/** What a row has to work with. */
export type Stage = {
	rounds: number;
	quick: boolean;
	random: Random;
	cleanUp: CleanUp;
	/** A folder of its own, removed at the end. */
	folder: string;
	say: (progress: string) => void;
};

export type Outcome = {
	rounds: number;
	verdict: Verdict;
	/** What was measured, in words with units: `{ "restart to first ack": "p50 0.6 s, max 1.1 s" }`. */
	figures: Record<string, string>;
};

export type Row = {
	id: string;
	/** The fault. */
	title: string;
	/** What is to happen. */
	expected: string;
	rounds: { full: number; quick: number };
	/** Why it can't run here, if it can't. */
	obstacle?: () => string | undefined;
	run: (stage: Stage) => Promise<Outcome>;
};
