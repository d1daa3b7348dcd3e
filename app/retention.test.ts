import assert from "node:assert/strict";
import { test } from "node:test";
import { setImmediate as turn } from "node:timers/promises";
import { keepForDays } from "./retention.ts";
import { startServer } from "./testing/harness.ts";
import { ManualClock } from "./testing/manual-clock.ts";

const MINUTE_MS = 60 * 1_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const YEAR_MS = 365 * DAY_MS;

/** A clock whose wall time can be set. */
class SettableClock extends ManualClock {
	aheadMs = 0;

	override now(): number {
		return super.now() + this.aheadMs;
	}
}

function setUp(days: number) {
	const clock = new SettableClock();
	const before: Record<string, number[]> = { prune: [], pruneEmpty: [], sweepFiles: [], readMarks: [], dropEnded: [] };
	const recorded = (name: string) => async (ms: number) => {
		before[name]!.push(ms);
		return 0;
	};
	const sweepFiles = async () => void (await recorded("sweepFiles")(clock.now()));
	const rooms = { prune: recorded("prune"), pruneEmpty: recorded("pruneEmpty"), sweepFiles };
	const dropEnded = async (ms: number) => void (await recorded("dropEnded")(ms));
	const readMarks = { prune: recorded("readMarks") };
	const stop = keepForDays(
		{ rooms, readMarks, dropEnded },
		{ days, clock, onError: (error) => assert.fail(String(error)) },
	);
	async function advance(ms: number): Promise<void> {
		clock.advance(ms);
		for (let turns = 0; turns < 5; turns++) await turn();
	}
	return { clock, before, advance, stop };
}

test("retention deletes once an hour, from an hour after the start on", async () => {
	const { clock, before, advance, stop } = setUp(30);
	await advance(HOUR_MS - MINUTE_MS);
	assert.deepEqual(before, { prune: [], pruneEmpty: [], sweepFiles: [], readMarks: [], dropEnded: [] });
	await advance(MINUTE_MS);
	const now = clock.now();
	assert.deepEqual(before, {
		prune: [now - 30 * DAY_MS],
		pruneEmpty: [now - DAY_MS],
		sweepFiles: [now],
		readMarks: [now - 400 * DAY_MS],
		dropEnded: [now],
	});
	await advance(2 * HOUR_MS);
	assert.equal(before.prune!.length, 3);
	stop();
	await advance(2 * HOUR_MS);
	assert.equal(before.prune!.length, 3);
});

test("without RETENTION_DAYS no message is deleted", async () => {
	const { before, advance } = setUp(0);
	await advance(HOUR_MS);
	assert.deepEqual([before.prune!.length, before.pruneEmpty!.length, before.dropEnded!.length], [0, 1, 1]);
});

for (const jumpMs of [YEAR_MS, -YEAR_MS])
	test(`nothing is deleted in the hour after the clock jumped by ${jumpMs / DAY_MS} days`, async () => {
		const { clock, before, advance } = setUp(30);
		await advance(HOUR_MS);
		clock.aheadMs = jumpMs;
		await advance(HOUR_MS);
		clock.aheadMs = 0;
		await advance(HOUR_MS);
		assert.equal(before.prune!.length, 1, "only the run before the jump");
		await advance(MINUTE_MS);
		assert.equal(before.prune!.at(-1), clock.now() - 30 * DAY_MS);
	});

test("a clock that starts a year ahead and is set within the hour deletes nothing that is younger", async () => {
	const { clock, before, advance } = setUp(30);
	clock.aheadMs = YEAR_MS;
	await advance(30 * MINUTE_MS);
	clock.aheadMs = 0;
	await advance(HOUR_MS + MINUTE_MS);
	assert.deepEqual(before.prune, [clock.now() - 30 * DAY_MS]);
});

test("R1 rooms without messages and members are removed after a day", async (t) => {
	const server = await startServer(t);
	const ada = await server.client("ada");
	for (const room of ["occupied", "left", "said"]) await ada.join(room);
	await ada.send("said", "hello");
	for (const room of ["left", "said"]) await ada.request("room:leave", { room });
	const rooms = async () => (await server.store.rooms(10)).map(({ room }) => room).sort();
	assert.equal(await server.chat.rooms.pruneEmpty(Date.now() - DAY_MS), 0);
	// Pretends that it is two days later.
	assert.equal(await server.chat.rooms.pruneEmpty(Date.now() + DAY_MS), 1);
	assert.deepEqual(await rooms(), ["occupied", "said"]);
	await ada.send("occupied", "still here");
});
