import assert from "node:assert/strict";
import { test } from "node:test";
import { BadInput } from "../../kit/cli.ts";
import { ours, oursAgain } from "../peers/ours.ts";
import type { Peer } from "../peers/peer.ts";
import type { RunPlan, RunResult, Workload } from "../workloads/workload.ts";
import { runRounds } from "./rounds.ts";

const PLAN: RunPlan = { warmUpMs: 0, measureMs: 0, drainMs: 0, settleMs: 0, quietMs: 0, attempts: 3 };
const HEALTHY = { cpu: 0.1, lagMs: 1 };

function workload(run: (peer: Peer) => Promise<RunResult>, measuresNoise = true): Workload {
	const metrics = ["p99Ms"] as const;
	return { id: "W", title: "A workload", metrics, measuresNoise, run: async (peer) => [await run(peer)] };
}

function peers(...ids: string[]): Peer[] {
	return ids.map((id) => ({ ...ours, id, title: id }));
}

function result(p99Ms: number, onServerCore = 0): RunResult {
	const conditions = { generator: HEALTHY, others: { onServerCore, onGeneratorCore: 0 } };
	return { verdict: "verified", metrics: { p99Ms }, conditions };
}

test("the servers take turns, and each round starts with another one", async () => {
	const order: string[] = [];
	const recorded = workload(async ({ id }) => {
		order.push(id);
		return result(order.length);
	});
	const [measured] = await runRounds([recorded], peers("a", "b", "c"), 3, PLAN, () => {});
	assert.deepEqual(order.join(""), "abcbcacab");
	const rounds = measured!.rows.map((row) => row.rounds.map(([one]) => one!.metrics.p99Ms));
	assert.deepEqual(rounds, [
		[1, 6, 8],
		[2, 4, 9],
		[3, 5, 7],
	]);
});

test("a disturbed run is repeated; if all tries are disturbed, the least disturbed one counts", async () => {
	for (const [disturbances, expected] of [
		[[0.5, 0.01, 0.9], 2],
		[[0.5, 0.3, 0.9], 2],
		[[0, 0, 0], 1],
	] as const) {
		let tries = 0;
		const disturbed = workload(async () => result(tries + 1, disturbances[tries++]));
		const [measured] = await runRounds([disturbed], peers("a"), 1, PLAN, () => {});
		assert.equal(measured!.rows[0]!.rounds[0]![0]!.metrics.p99Ms, expected);
	}
});

test("a server that fails voids its own run only", async () => {
	const failing = workload(async ({ id }) => {
		if (id === "a") throw new Error("The server exited.");
		return result(7);
	});
	const [measured] = await runRounds([failing], peers("a", "b"), 1, PLAN, () => {});
	const [a, b] = measured!.rows.map((row) => row.rounds[0]![0]!);
	assert.deepEqual([a!.verdict, a!.why], ["void", "The server exited."]);
	assert.equal(b!.metrics.p99Ms, 7);
});

test("bad input ends the whole benchmark", async () => {
	const refusing = workload(() => Promise.reject(new BadInput("Build it first.")));
	await assert.rejects(
		runRounds([refusing], peers("a"), 1, PLAN, () => {}),
		BadInput,
	);
});

test("a workload that does not measure the noise runs this chat once", async () => {
	const once = workload(async () => result(1), false);
	const [measured] = await runRounds([once], [ours, oursAgain], 1, PLAN, () => {});
	assert.deepEqual(
		measured!.rows.map(({ id }) => id),
		["ours"],
	);
});
