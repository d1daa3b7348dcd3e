import assert from "node:assert/strict";
import { test } from "node:test";
import { BadInput } from "../../bad-input.ts";
import type { Entry, Outcome, Pace, Workload } from "../workloads/workload.ts";
import { runRounds } from "./rounds.ts";

const PACE: Pace = { warmUpMs: 0, measureMs: 0, drainMs: 0, settleMs: 0, quietMs: 0, attempts: 3 };
const HEALTHY = { cpu: 0.1, lagMs: 1 };

function workload(...entries: Entry[]): Workload {
	return { id: "W", title: "A workload", metrics: ["p99Ms"], entries: () => entries };
}

function outcome(p99Ms: number, onServerCore = 0): Outcome {
	const conditions = { generator: HEALTHY, others: { onServerCore, onGeneratorCore: 0 } };
	return { verdict: "verified", metrics: { p99Ms }, conditions };
}

test("the servers take turns, and each round starts with another one", async () => {
	const order: string[] = [];
	const entry = (id: string): Entry => ({
		id,
		title: id,
		run: async () => {
			order.push(id);
			return [outcome(order.length)];
		},
	});
	const [measured] = await runRounds([workload(entry("a"), entry("b"), entry("c"))], [], 3, PACE, () => {});
	assert.deepEqual(order.join(""), "abcbcacab");
	const rounds = measured!.rows.map((row) => row.rounds.map(([one]) => one!.metrics.p99Ms));
	assert.deepEqual(rounds, [
		[1, 6, 8],
		[2, 4, 9],
		[3, 5, 7],
	]);
});

test("a run that others disturb is tried again; of those that all are, the least disturbed counts", async () => {
	for (const [disturbances, expected] of [
		[[0.5, 0.01, 0.9], 2],
		[[0.5, 0.3, 0.9], 2],
		[[0, 0, 0], 1],
	] as const) {
		let tries = 0;
		const entry: Entry = { id: "a", title: "a", run: async () => [outcome(tries + 1, disturbances[tries++])] };
		const [measured] = await runRounds([workload(entry)], [], 1, PACE, () => {});
		assert.equal(measured!.rows[0]!.rounds[0]![0]!.metrics.p99Ms, expected);
	}
});

test("a server that fails voids its own run, and the others go on", async () => {
	const failing: Entry = { id: "a", title: "a", run: () => Promise.reject(new Error("It fell over.")) };
	const fine: Entry = { id: "b", title: "b", run: async () => [outcome(7)] };
	const [measured] = await runRounds([workload(failing, fine)], [], 1, PACE, () => {});
	const [a, b] = measured!.rows.map((row) => row.rounds[0]![0]!);
	assert.deepEqual([a!.verdict, a!.why], ["void", "It fell over."]);
	assert.equal(b!.metrics.p99Ms, 7);
});

test("what the person at the keyboard can mend ends it all", async () => {
	const entry: Entry = { id: "a", title: "a", run: () => Promise.reject(new BadInput("Build it first.")) };
	await assert.rejects(
		runRounds([workload(entry)], [], 1, PACE, () => {}),
		BadInput,
	);
});
