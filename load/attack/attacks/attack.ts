import type { SuiteRow } from "../../kit/suite/suite.ts";
import type { AttackRun } from "./attack-run.ts";

export type Attack = SuiteRow & {
	/** The unit of the counts: messages, connections, requests. */
	unit: string;
	/** Upper bound of the server's memory growth during the attack, MiB. */
	growthMiB: number;
	/** Whether this is a control, which passes only if memory grows by more. */
	hasToGrow?: boolean;
	/** Duration in place of that of the other attacks. A control ends as soon as memory has grown by more. */
	seconds?: number;
	/** Settings of the server that differ from the defaults; a function gets the folder for files that they name. */
	env?: Record<string, string> | ((folder: string) => Record<string, string>);
	/** Returns a statement: the chat is on PostgreSQL, in whose database it is executed before the attack. */
	postgres?: (quick: boolean) => string;
	/** Upper bound of the server's CPU time during the attack, of one core: for input that is expensive to check. */
	maxCpuShare?: number;
	/** Returns how many attempts may be accepted in this many seconds. */
	maxAccepted?: (seconds: number) => number;
	/** A count that must be above 0 at the end. */
	hasToCount?: "refused" | "disconnected";
	run: (attack: AttackRun) => Promise<void>;
};
