import { setTimeout as sleep } from "node:timers/promises";
import { nowMs } from "../clock.ts";
import type { Accounting } from "../ledger/settle.ts";
import { Collector } from "../link/collector.ts";
import type { Second } from "../link/lines.ts";
import { DRAIN_MS, type Plan, THREAD_PLAN_VARIABLE } from "../plan.ts";
import type { Profile } from "../profile.ts";
import { RunFailed } from "../run-failed.ts";
import type { Targets } from "../target/preflight.ts";
import { type WatchedServer, watchServers } from "../target/server-metrics.ts";
import { Artillery } from "./artillery.ts";
import { writeRunFiles } from "./script.ts";
import { WorkFolder } from "./work-folder.ts";

const LOOK_EVERY_MS = 100;
/** The generator is given this long to start, and those who arrive this long beyond their schedule. */
const START_TIMEOUT_MS = 60_000;
const ARRIVAL_SLACK_MS = 30_000;
/** From the order to the first turn, so that it reaches every thread before. */
const START_AHEAD_MS = 300;
/** Causes are told second by second. */
const CAUSES_WITHIN_MS = 1_200;
const CLOSE_TIMEOUT_MS = 60_000;
/** Time for the users to hang up. Artillery would look around for some seconds more, and is not waited for. */
const GO_HOME_MS = 500;

/** What a run brought home, before anybody judges it. Moments are on the steady clock. */
export type Harvest = {
	plan: Plan;
	/** When the talk began and when it was meant to end. */
	startMs: number;
	endMs: number;
	arrivals: { joined: number; failed: number };
	turns: { planned: number; taken: number };
	/** Whether everything that was under way came before the patience ended. */
	drained: boolean;
	seconds: Second[];
	accounting: Accounting;
	servers: WatchedServer[];
};

export type Stage = "arriving" | "talking" | "reading to the end";
export type Onlooker = (stage: Stage, collector: Collector, leftMs: number) => void;

/** One load, from the first arrival to the last book. Throws where the generator itself fails, or on abort. */
export async function runOnce(
	profile: Profile,
	plan: Plan,
	targets: Targets,
	onlooker: Onlooker,
	signal: AbortSignal,
	env: NodeJS.ProcessEnv,
): Promise<Harvest> {
	using folder = new WorkFolder();
	const collector = new Collector(plan.workers);
	await collector.listen(folder.link);
	const epochMs = nowMs();
	const files = writeRunFiles(folder, profile, plan, epochMs);
	const artillery = new Artillery(files.script, {
		...env,
		[THREAD_PLAN_VARIABLE]: files.threadPlan,
		LOAD_TOKEN: targets[0].loadToken,
	});
	const watch = new AbortController();
	const servers = watchServers(plan.targets, watch.signal);
	const died = artillery.exited.then((code) => {
		throw new RunFailed(`The generator ended by itself with code ${code}.\n${artillery.output}`);
	});
	died.catch(() => undefined);
	const until = async (isSo: () => boolean, deadlineMs: number, look: () => void = () => {}) => {
		while (!isSo() && nowMs() < deadlineMs) {
			signal.throwIfAborted();
			await Promise.race([sleep(LOOK_EVERY_MS), died]);
			look();
		}
		return isSo();
	};

	try {
		const { users, arrivals, duration } = plan.settings;
		const arrivedByMs = epochMs + START_TIMEOUT_MS + (users / arrivals) * 1_000 + ARRIVAL_SLACK_MS;
		const everybodyIsThere = () => collector.arrivals.joined + collector.arrivals.failed >= users;
		await until(everybodyIsThere, arrivedByMs, () => onlooker("arriving", collector, 0));
		if (collector.arrivals.joined === 0) {
			await sleep(CAUSES_WITHIN_MS);
			throw new RunFailed(`Nobody got in. What went wrong:\n${causes(collector.seconds)}`);
		}

		const startMs = nowMs() + START_AHEAD_MS;
		const endMs = startMs + duration * 1_000;
		collector.order({ line: "start", atMs: startMs });
		await until(
			() => nowMs() >= endMs,
			endMs,
			() => onlooker("talking", collector, endMs - nowMs()),
		);
		const drained = await until(
			() => collector.drained,
			endMs + DRAIN_MS,
			() => onlooker("reading to the end", collector, 0),
		);
		collector.order({ line: "close" });
		if (!(await until(() => collector.complete, nowMs() + CLOSE_TIMEOUT_MS)))
			throw new RunFailed("A thread of the generator did not hand over its books, so nothing can be said.");
		collector.order({ line: "go home" });
		watch.abort();
		await sleep(GO_HOME_MS);
		return {
			plan,
			startMs,
			endMs,
			arrivals: collector.arrivals,
			turns: collector.turns,
			drained,
			seconds: collector.seconds,
			accounting: collector.settle(),
			servers: await servers,
		};
	} finally {
		watch.abort();
		await artillery.stop();
		collector.close();
	}
}

function causes(seconds: Second[]): string {
	const counts = new Map<string, number>();
	for (const { errors } of seconds) {
		for (const [cause, count] of Object.entries(errors)) counts.set(cause, (counts.get(cause) ?? 0) + count);
	}
	return [...counts].map(([cause, count]) => `  ${count} x ${cause}`).join("\n") || "  nothing that anybody told of";
}
