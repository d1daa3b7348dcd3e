import assert from "node:assert/strict";
import { test } from "node:test";
import { ours } from "../peers/ours.ts";
import { runChanges } from "./changes.ts";
import { everybody } from "./everybody-reacts.ts";
import { compareJoins } from "./reacted-joins.ts";
import { compareRejoins } from "./rejoins.ts";
import { measureUploads } from "./uploads.ts";
import type { RunPlan, RunResult } from "./workload.ts";

const skip = process.platform !== "linux" && "reads /proc, which only Linux has";
const PLAN: RunPlan = { warmUpMs: 300, measureMs: 800, drainMs: 30_000, settleMs: 0, quietMs: 0, attempts: 1 };

/** On a busy machine deliveries can be late, but none may be missing. */
function assertVerified({ why = "verified", metrics }: RunResult): void {
	assert.match(why, /^(verified|all deliveries arrived)/);
	for (const [metric, value] of Object.entries(metrics)) assert.ok(Number.isFinite(value) && value >= 0, metric);
}

test("every delivery of messages, reactions and edits is verified", { skip }, async () => {
	const result = await runChanges(ours, { rooms: 1, membersPerRoom: 10, messagesPerS: 3_000 }, PLAN);
	assertVerified(result);
	assert.ok(result.metrics.reactionsToMessages! > 0 && result.metrics.editsToMessages! > 0);
});

test("everybody reacts to one message, and the server counts them all", { skip }, async () => {
	assertVerified(await everybody(ours, 40, PLAN));
});

test("a room whose messages have reactions is joined, and one without", { skip }, async () => {
	const result = await compareJoins(ours, PLAN);
	assertVerified(result);
	assert.ok(result.metrics.bytesToPlain! > 1, "reactions are part of a join");
});

test("all rooms are joined again, together and apart", { skip }, async () => {
	assertVerified(await compareRejoins(ours, PLAN));
});

test("files are uploaded beside a room, and to a bare server", { skip }, async () => {
	const single = { count: 2, bytes: 1_000_000 };
	const { why = "verified", metrics } = await measureUploads(
		ours,
		{ people: 4, perPerson: 2, bytes: 200_000, single },
		PLAN,
	);
	assert.match(why, /^(verified|all deliveries arrived)/);
	assert.ok(metrics.residentGrowthMib! >= 0 && metrics.p99Ms! > 0 && metrics.p99ToQuiet! > 0);
});
