import { count, ms } from "../report/figures.ts";
import type { Result } from "../report/result.ts";
import { bottleneck } from "./bottleneck.ts";
import type { Found } from "./search.ts";

/** Fly.io is asked to look for another machine when this share of the people is there. */
const SOFT_SHARE = 0.8;

/** The answer of `--find-capacity`. */
export type Answer = {
	/** The greatest number of users that held; 0 for none. */
	users: number;
	/** Whether more would have held, for all we know. */
	isAtLeast: boolean;
	sentence: string;
	/** What belongs under `[http_service.concurrency]` in fly.toml, for each machine; undefined where nothing held. */
	limits: { soft_limit: number; hard_limit: number } | undefined;
	/** The last run of the greatest size that held, and of the smallest that did not. */
	held: Result | undefined;
	broke: Result | undefined;
};

export function answer(found: Found, runs: Result[]): Answer {
	const held = runs.findLast(({ load, verdict }) => load.users === found.held && verdict.passed);
	const broke = runs.findLast(({ load, verdict }) => load.users === found.limit && !verdict.passed);
	const isAtLeast = found.limitOutcome !== "broke";
	const limits = held && limitsOf(Math.floor(found.held / machines(held)));
	return { users: found.held, isAtLeast, limits, held, broke, sentence: sentence(held, broke, isAtLeast) };
}

function limitsOf(users: number) {
	return { soft_limit: Math.floor(users * SOFT_SHARE), hard_limit: users };
}

/** Fly.io's limits are those of one machine, and a balancer may show more of them than there are addresses. */
function machines({ servers, target }: Result): number {
	return Math.max(servers.length, target.urls.length);
}

function sentence(held: Result | undefined, broke: Result | undefined, isAtLeast: boolean): string {
	const limit = broke && `The bottleneck was ${bottleneck(broke)}.`;
	if (!held)
		return `This deployment did not hold even ${count(broke!.load.users)} users: ${broke!.verdict.failures[0] ?? limit}`;
	const { load, throughput } = held;
	return (
		`This deployment holds ${isAtLeast ? "at least " : ""}${count(load.users)} users at ` +
		`${count(throughput.sentPerS)} messages a second with a p99 under ${ms(load.p99)}. ` +
		(limit ?? "The search ended there, and nothing gave way.")
	);
}
