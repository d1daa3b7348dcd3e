/**
 * The page against a real server over an unreliable network: after each random sequence of actions the timeline must
 * equal a fresh fetch, and on the way no message may be drawn twice.
 *
 * `RUNS=2000 node --test web/model/model-check.test.ts` runs more sequences. A failure prints the seed and the path of
 * the shortest failing sequence; `SEED=n PATH_TO=m …` runs only that one. Timing still differs between runs.
 */
import assert from "node:assert/strict";
import { randomInt } from "node:crypto";
import { test } from "node:test";
import * as fc from "fast-check";
import { startServer } from "../../app/testing/harness.ts";
import { actionsUpTo } from "./testing/model-check/actions.ts";
import { MODEL_CHECK_ADMIN_TOKEN } from "./testing/model-check/other-clients.ts";
import { settleWorld } from "./testing/model-check/settle-world.ts";
import { violationsOf } from "./testing/model-check/violations.ts";
import { BANNED, World } from "./testing/model-check/world.ts";

const RUNS = Number(process.env.RUNS ?? 16);
/** Sequences mostly wait, so several run at once. */
const CONCURRENCY = process.env.PATH_TO ? 1 : 4;
const MAX_ACTIONS = 40;
/** The sequences take half a minute on an idle machine. */
const TIMEOUT_MS = 10 * 60_000;
/** Shortens the page's random delays. */
const DELAY_FACTOR = 0.002;

const seed = process.env.SEED ? Number(process.env.SEED) : randomInt(2 ** 31);
const replay = process.env.PATH_TO ? { path: process.env.PATH_TO, endOnFailure: true } : {};

test(`M1 M2 M4 M5 M6 ${RUNS} random sequences end like a fresh fetch and draw nothing twice on the way`, {
	timeout: TIMEOUT_MS,
}, async (t) => {
	const server = await startServer(t, { env: { ADMIN_TOKEN: MODEL_CHECK_ADMIN_TOKEN }, bannedWords: BANNED });
	const { random } = Math;
	t.mock.method(Math, "random", () => random() * DELAY_FACTOR);
	t.diagnostic(`SEED=${seed}`);
	let worlds = 0;
	const convergence = fc.asyncProperty(actionsUpTo(MAX_ACTIONS), async (actions) => {
		const world = await World.open(server, ++worlds);
		try {
			for (const action of actions) await world.perform(action);
			await settleWorld(world);
			assert.deepEqual(await violationsOf(world, server), []);
		} finally {
			world.close();
		}
	});
	const runs = Array.from({ length: CONCURRENCY }, (_, index) =>
		fc.assert(convergence, { seed: seed + index, numRuns: Math.ceil(RUNS / CONCURRENCY), ...replay }),
	);
	// Awaits all runs, because none may outlive the server.
	const failed = (await Promise.allSettled(runs)).find(({ status }) => status === "rejected");
	if (failed?.status === "rejected") throw failed.reason;
});
