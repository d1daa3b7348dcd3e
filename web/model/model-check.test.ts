/**
 * The page against a real server, over a line on which anything may happen: random sequences of acts, after each of
 * which the timeline has to be what a fresh fetch shows, and on the way to which nobody may see a message twice.
 *
 * `RUNS=2000 node --test web/model/model-check.test.ts` looks longer. A failure names the seed and the path to the
 * shortest sequence that was found; `SEED=n PATH_TO=m …` runs that one alone. (What is drawn is the same then; how fast
 * the machine is is not.)
 */
import assert from "node:assert/strict";
import { randomInt } from "node:crypto";
import { test } from "node:test";
import * as fc from "fast-check";
import { startServer } from "../../app/testing/harness.ts";
import { actsUpTo } from "./testing/model-check/acts.ts";
import { ADMIN_TOKEN } from "./testing/model-check/others.ts";
import { settle } from "./testing/model-check/settle.ts";
import { complaintsOf } from "./testing/model-check/verdict.ts";
import { BANNED, World } from "./testing/model-check/world.ts";

const RUNS = Number(process.env.RUNS ?? 24);
/** Most of the time goes by in waiting, so several worlds are tried at once. */
const LANES = process.env.PATH_TO ? 1 : 4;
const MAX_ACTS = 40;
/** What the page draws its waits from: short ones, as nobody has to be spared here. */
const HASTE = 0.002;

const seed = process.env.SEED ? Number(process.env.SEED) : randomInt(2 ** 31);
const replay = process.env.PATH_TO ? { path: process.env.PATH_TO, endOnFailure: true } : {};

test(`M1 M2 M4 M5 M6 ${RUNS} random sequences end as a fresh fetch, and show nothing twice on the way`, async (t) => {
	const server = await startServer(t, { env: { ADMIN_TOKEN }, bannedWords: BANNED });
	const { random } = Math;
	t.mock.method(Math, "random", () => random() * HASTE);
	t.diagnostic(`SEED=${seed}`);
	let worlds = 0;
	const settlesRight = fc.asyncProperty(actsUpTo(MAX_ACTS), async (acts) => {
		const world = await World.open(server, ++worlds);
		try {
			for (const act of acts) await world.carryOut(act);
			await settle(world);
			assert.deepEqual(await complaintsOf(world, server), []);
		} finally {
			world.close();
		}
	});
	const lanes = Array.from({ length: LANES }, (_, lane) =>
		fc.assert(settlesRight, { seed: seed + lane, numRuns: Math.ceil(RUNS / LANES), ...replay }),
	);
	// Every lane is waited for: one that goes on would outlive the server.
	const failed = (await Promise.allSettled(lanes)).find(({ status }) => status === "rejected");
	if (failed?.status === "rejected") throw failed.reason;
});
