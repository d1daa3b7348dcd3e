import { count, ms, percent } from "../kit/report.ts";
import type { Result } from "../report/result.ts";
import { sentPerSecond } from "../report/wording.ts";
import type { Found } from "./search.ts";

/** Fly.io starts or chooses another machine above this share of the hard limit. */
const SOFT_SHARE = 0.8;
/** A Node server works on one core: above this share nothing is left of it. */
const BUSY_CORE = 0.85;
const HIGH_LAG_MS = 100;

/** The result of `--find-capacity`. */
export type Capacity = {
	/** The greatest number of users that met the goal; 0 for none. */
	users: number;
	/** Whether more users might have met it. */
	isAtLeast: boolean;
	sentence: string;
	/** For `[http_service.concurrency]` in fly.toml, per machine; undefined if no size met the goal. */
	limits: { soft_limit: number; hard_limit: number } | undefined;
	/** The last run of the greatest size that met the goal, and of the smallest that missed it. */
	held: Result | undefined;
	broke: Result | undefined;
};

export function capacityOf(found: Found, runs: Result[]): Capacity {
	const held = runs.findLast(({ load, verdict }) => load.users === found.held && verdict.passed);
	const broke = runs.findLast(({ load, verdict }) => load.users === found.limit && !verdict.passed);
	const isAtLeast = found.limitOutcome !== "broke";
	const limits = held && limitsOf(Math.floor(found.held / machines(held)));
	return { users: found.held, isAtLeast, limits, held, broke, sentence: sentence(held, broke, isAtLeast) };
}

function limitsOf(users: number) {
	return { soft_limit: Math.floor(users * SOFT_SHARE), hard_limit: users };
}

/** The limits are per machine, and behind one address there may be several. */
function machines({ servers, target }: Result): number {
	return Math.max(servers.length, target.urls.length);
}

function sentence(held: Result | undefined, broke: Result | undefined, isAtLeast: boolean): string {
	const limit = broke && `The bottleneck was ${bottleneck(broke)}.`;
	if (!held)
		return `This deployment did not hold even ${count(broke!.load.users)} users: ${broke!.verdict.failures[0] ?? limit}`;
	const { load } = held;
	return (
		`This deployment holds ${isAtLeast ? "at least " : ""}${count(load.users)} users at ` +
		`${sentPerSecond(held)} with a p99 under ${ms(load.p99)}. ` +
		(limit ?? "The search ended there, and no size missed the goal.")
	);
}

/** Names the bottleneck of a run that missed the goal, as far as the figures show it. */
function bottleneck({ server, verdict }: Result): string {
	if (!verdict.valid) return "the generator, so the deployment may hold more";
	if (server === null) return "unknown, because the server hides its metrics";
	if (server.cpuCoresMax >= BUSY_CORE) return `the server's CPU, with ${percent(server.cpuCoresMax)} of a core in use`;
	if (server.lagP99Ms !== null && server.lagP99Ms >= HIGH_LAG_MS) {
		return `the server's event loop, with a lag of ${ms(server.lagP99Ms)}`;
	}
	return `not the server's CPU (${percent(server.cpuCoresMax)} of a core): check the network and the disk`;
}
