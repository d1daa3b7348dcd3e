import type { SuiteRow } from "../../kit/suite/suite.ts";
import type { AttackRun } from "./attack-run.ts";

export type Attack = SuiteRow & {
	/** What is counted: messages, connections, requests. */
	unit: string;
	/** The most by which the server's memory may grow meanwhile, MiB. */
	growthMiB: number;
	/** Whether this is a control: it holds where memory grows by more. */
	hasToGrow?: boolean;
	/** The shortest time in which the attack shows anything. */
	leastSeconds?: number;
	/** Settings of the server that differ from the defaults. */
	env?: Record<string, string>;
	/** Returns how many attempts may be accepted in this many seconds. */
	maxAccepted?: (seconds: number) => number;
	/** A count that must not be 0 at the end. */
	hasToCount?: "refused" | "disconnected";
	run: (attack: AttackRun) => Promise<void>;
};
