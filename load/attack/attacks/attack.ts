import type { Random } from "../../chaos/schedule/random.ts";

/** What became of what the attackers tried. */
export type Account = {
	/** What is counted: messages, lines, requests. */
	of: string;
	tried: number;
	/** Done as the attacker wished. */
	through: number;
	/** Answered with a refusal. */
	refused: number;
	/** Lines that the server has ended. */
	cut: number;
	/** What must not be and was: a sentence each. */
	complaints?: string[];
};

/** What an attacker has to work with. */
export type Field = {
	url: string;
	random: Random;
	seconds: number;
	/** Whether it is to be small, for a machine that has little time. */
	quick: boolean;
	/** The room that the bystanders are in. */
	room: string;
	/** Becomes true when the time is over. */
	readonly isOver: boolean;
};

export type Attack = {
	id: string;
	title: string;
	/** What is to happen. */
	expected: string;
	/** By how much the server's memory may grow while it lasts, MiB. */
	growthMiB: number;
	/** It holds where the judge finds that the server has grown beyond this: a control. */
	hasToGrow?: boolean;
	/** How long it has to last to show anything, where that is longer than asked for. */
	leastSeconds?: number;
	/** Settings of the server that are not as they come. */
	env?: Record<string, string>;
	run: (field: Field) => Promise<Account>;
	/** Sentences for what the account shows and must not; `seconds` is how long it lasted. */
	judge?: (account: Account, seconds: number) => string[];
};
