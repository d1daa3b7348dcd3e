import { setTimeout as sleep } from "node:timers/promises";
import { RunFailed } from "../kit/cli.ts";
import { TempFolder } from "../kit/temp-folder.ts";
import { becomesTrue } from "../kit/wait-for.ts";
import type { Accounting } from "../ledger/settle.ts";
import { Collector } from "../link/collector.ts";
import type { Second } from "../link/messages.ts";
import { nowMs } from "../measure/clock.ts";
import { DRAIN_MS, type Plan, THREAD_PLAN_VARIABLE } from "../plan/plan.ts";
import { errorCounts } from "../report/figures.ts";
import type { Profile } from "../scenario/profile.ts";
import type { StateCheck } from "../state/state-check.ts";
import type { Targets } from "../target/preflight.ts";
import { type WatchedServer, watchServers } from "../target/server-metrics.ts";
import { Artillery } from "./artillery.ts";
import { linkPath, writeRunFiles } from "./script.ts";

const POLL_MS = 100;
const START_TIMEOUT_MS = 60_000;
/** Time that arrivals may take beyond their schedule. */
const ARRIVAL_SLACK_MS = 30_000;
/** Time from the start message to the first send, so that every thread gets the message before. */
const START_DELAY_MS = 300;
/** Threads report the causes of errors once a second. */
const ERROR_REPORT_MS = 1_200;
const CLOSE_TIMEOUT_MS = 60_000;
/** Time for the users to disconnect. Artillery itself would take some seconds longer. */
const LEAVE_MS = 500;

/** What was measured in a run, not yet evaluated. Times are on the monotonic clock. */
export type RawResult = {
	plan: Plan;
	/** When sending began, and when it was scheduled to end. */
	startMs: number;
	endMs: number;
	arrivals: { joined: number; failed: number };
	turns: { planned: number; taken: number };
	/** Whether every outstanding delivery arrived before the timeout. */
	drained: boolean;
	seconds: Second[];
	accounting: Accounting;
	states: StateCheck;
	servers: WatchedServer[];
};

export type RunStage = "arriving" | "sending" | "draining";
export type Observer = (stage: RunStage, collector: Collector, leftMs: number) => void;

/** Runs one load, from the first arrival to the last ledger. Rejects if the generator itself fails, or on abort. */
export async function runOnce(
	profile: Profile,
	plan: Plan,
	targets: Targets,
	observe: Observer,
	signal: AbortSignal,
	env: NodeJS.ProcessEnv,
): Promise<RawResult> {
	using folder = new TempFolder("hubbub-load-");
	const collector = new Collector(plan.workers);
	await collector.listen(linkPath(folder));
	const epochMs = nowMs();
	const files = writeRunFiles(folder, profile, plan, epochMs);
	const artillery = new Artillery(files.script, {
		...env,
		[THREAD_PLAN_VARIABLE]: files.threadPlan,
		LOAD_TOKEN: targets[0].loadToken,
	});
	const watch = new AbortController();
	const servers = watchServers(plan.targets, watch.signal);
	const exited = artillery.exited.then((code) => {
		throw new RunFailed(`The generator exited with code ${code}.\n${artillery.output}`);
	});
	exited.catch(() => undefined);
	const until = (deadlineMs: number, stage: RunStage, condition: () => boolean) => {
		const poll = () => {
			if (watch.signal.aborted) return true;
			signal.throwIfAborted();
			observe(stage, collector, deadlineMs - nowMs());
			return condition();
		};
		return Promise.race([becomesTrue(deadlineMs - nowMs(), poll, POLL_MS), exited]);
	};

	try {
		const { users, arrivals, duration } = plan.settings;
		const arrivedByMs = epochMs + START_TIMEOUT_MS + (users / arrivals) * 1_000 + ARRIVAL_SLACK_MS;
		await until(arrivedByMs, "arriving", () => collector.arrivals.joined + collector.arrivals.failed >= users);
		if (collector.arrivals.joined === 0) {
			await sleep(ERROR_REPORT_MS);
			const causes = Object.entries(errorCounts(collector.seconds)).map(([cause, times]) => `  ${times} x ${cause}`);
			throw new RunFailed(`No user joined. Errors:\n${causes.join("\n") || "  none was reported"}`);
		}

		const startMs = nowMs() + START_DELAY_MS;
		const endMs = startMs + duration * 1_000;
		collector.send({ type: "start", atMs: startMs });
		await until(endMs, "sending", () => nowMs() >= endMs);
		const drained = await until(endMs + DRAIN_MS, "draining", () => collector.drained);
		collector.send({ type: "close" });
		if (!(await until(nowMs() + CLOSE_TIMEOUT_MS, "draining", () => collector.complete)))
			throw new RunFailed("A generator thread did not hand over its ledger, so the run has no result.");
		collector.send({ type: "leave" });
		watch.abort();
		await sleep(LEAVE_MS);
		return {
			plan,
			startMs,
			endMs,
			arrivals: collector.arrivals,
			turns: collector.turns,
			drained,
			seconds: collector.seconds,
			accounting: collector.settle(),
			states: collector.states,
			servers: await servers,
		};
	} finally {
		watch.abort();
		await artillery.stop();
		collector.close();
	}
}
