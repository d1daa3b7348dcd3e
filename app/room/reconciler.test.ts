import assert from "node:assert/strict";
import { test } from "node:test";
import { flushPromises } from "../testing/domain.ts";
import { ManualClock } from "../testing/manual-clock.ts";
import { Reconciler } from "./reconciler.ts";

/** Two sources, of 5 s and 60 s. `held` holds the runs of the first one back. */
function setUp() {
	const clock = new ManualClock();
	const runs: string[] = [];
	const errors: string[] = [];
	const state = { held: Promise.resolve(), intervalMs: 5_000 };
	const rooms = {
		name: "rooms",
		intervalMs: () => state.intervalMs,
		reconcile: async () => {
			runs.push("rooms");
			await state.held;
		},
	};
	const sessions = { name: "sessions", intervalMs: () => 60_000, reconcile: async () => void runs.push("sessions") };
	const reconciler = new Reconciler({
		sources: [rooms, sessions],
		clock,
		onError: (error, during) => errors.push(`${during}: ${(error as Error).message}`),
	});
	const pass = async (ms: number) => {
		clock.advance(ms);
		await flushPromises();
		return runs.splice(0);
	};
	return { clock, runs, errors, state, reconciler, pass };
}

test("each source runs at its own interval, which may change, until the reconciler stops", async () => {
	const { clock, state, reconciler, pass } = setUp();
	reconciler.start();
	assert.deepEqual(await pass(4_999), []);
	state.intervalMs = 2_000;
	assert.deepEqual(await pass(1), ["rooms"]);
	assert.deepEqual(await pass(2_000), ["rooms"]);
	state.intervalMs = 100_000;
	assert.deepEqual(await pass(2_000), ["rooms"]);
	assert.deepEqual(await pass(51_000), ["sessions"]);
	reconciler.stop();
	assert.deepEqual([await pass(200_000), clock.pending], [[], 0]);
});

test("a source never overlaps with itself, and a slow one does not delay the others", async () => {
	const { state, reconciler, pass } = setUp();
	const release = Promise.withResolvers<void>();
	state.held = release.promise;
	reconciler.start();
	assert.deepEqual(await pass(5_000), ["rooms"]);
	assert.deepEqual(await pass(60_000), ["sessions"]);
	release.resolve();
	assert.deepEqual(await pass(0), []);
	assert.deepEqual(await pass(5_000), ["rooms"], "the interval begins with the end of a run");
});

test("runNow() runs every source at once; one that is running runs once more afterwards", async () => {
	const { runs, state, reconciler, pass } = setUp();
	const release = Promise.withResolvers<void>();
	state.held = release.promise;
	reconciler.runNow();
	assert.deepEqual(runs.splice(0), ["rooms", "sessions"]);
	await flushPromises();
	for (const _ of [1, 2, 3]) reconciler.runNow();
	assert.ok(!runs.splice(0).includes("rooms"));
	release.resolve();
	assert.deepEqual(
		(await pass(0)).filter((name) => name === "rooms"),
		["rooms"],
	);
});

test("the error of a source is reported with its name, and the source runs again", async () => {
	const { errors, state, reconciler, pass } = setUp();
	reconciler.start();
	state.held = Promise.reject(new Error("away"));
	assert.deepEqual([await pass(5_000), errors], [["rooms"], ["reconciling rooms: away"]]);
	state.held = Promise.resolve();
	assert.deepEqual([await pass(5_000), errors.length], [["rooms"], 1]);
});

test("a run that is under way when the reconciler stops is the last one", async () => {
	const { state, reconciler, pass, clock } = setUp();
	const release = Promise.withResolvers<void>();
	state.held = release.promise;
	reconciler.start();
	await pass(5_000);
	reconciler.runNow();
	reconciler.stop();
	release.resolve();
	await flushPromises();
	assert.deepEqual((await pass(100_000)).includes("rooms"), false);
	assert.equal(clock.pending, 0);
});
