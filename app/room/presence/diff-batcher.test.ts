import assert from "node:assert/strict";
import { test } from "node:test";
import type { PresenceDiff } from "../../protocol/presence.ts";
import { ManualClock } from "../../testing/manual-clock.ts";
import { RecordingBroadcast } from "../../testing/recording-broadcast.ts";
import { PresenceDiffBatcher } from "./diff-batcher.ts";

/** A room with `others` members besides those that the test adds. It is large above 100 members. */
function setUp(others = 0) {
	const clock = new ManualClock();
	const broadcast = new RecordingBroadcast();
	const members = new Set<string>();
	const count = () => members.size + others;
	const batcher = new PresenceDiffBatcher({
		room: "r",
		broadcast,
		clock,
		count,
		isMember: (userId) => members.has(userId),
		isLarge: () => count() > 100,
	});
	const join = (id: string, connectionId?: string) => {
		members.add(id);
		batcher.add({ kind: "join", user: { id, name: id }, ...(connectionId !== undefined && { connectionId }) });
	};
	const leave = (id: string) => {
		members.delete(id);
		batcher.add({ kind: "leave", user: { id, name: id } });
	};
	const emitted = () =>
		broadcast.take().map(({ to, payload, except }) => {
			const { joins, leaves, count } = payload as PresenceDiff;
			const names = [...joins.map(({ id }) => `+${id}`), ...leaves.map(({ id }) => `-${id}`)];
			return [to, ...except.map((id) => `except ${id}`), ...names, `=${count}`].join(" ");
		});
	return { clock, batcher, join, leave, emitted };
}

test("P1 the changes of 200 ms are one diff, and no timer runs without changes", () => {
	const { clock, join, leave, emitted } = setUp();
	join("ada");
	clock.advance(150);
	join("ben");
	clock.advance(49);
	assert.deepEqual(emitted(), []);
	clock.advance(1);
	assert.deepEqual([emitted(), clock.pending], [["room r +ada +ben =2"], 0]);
	leave("ada");
	clock.advance(200);
	assert.deepEqual(emitted(), ["room r -ada =1"]);
});

test("P1 a join and a leave cancel, and a window without changes emits nothing", () => {
	const { clock, join, leave, emitted } = setUp();
	join("ada");
	leave("ada");
	clock.advance(200);
	assert.deepEqual(emitted(), []);
});

test("P1 a newcomer of this process is left out of the diff, and receives the changes after its join", () => {
	const { clock, join, leave, emitted } = setUp(1);
	join("ada", "ada-1");
	join("elsewhere");
	leave("elsewhere");
	join("ben", "ben-1");
	clock.advance(200);
	assert.deepEqual(emitted(), ["room r except ada-1 except ben-1 +ada +ben =3", "ada-1 +ben =3"]);
});

test("P1 a user who left and came back while a snapshot showed their absence is in the diff once", () => {
	const { clock, join, leave, emitted } = setUp();
	join("ada");
	clock.advance(200);
	emitted();
	leave("ada");
	join("ben", "ben-1");
	join("ada");
	clock.advance(200);
	assert.deepEqual(emitted(), ["room r except ben-1 +ada +ben =2", "ben-1 +ada =2"]);
});

test("P1 a large room receives its count, less often the larger it is", () => {
	for (const [others, ms] of [
		[200, 1_000],
		[3_999, 2_000],
		[50_000, 5_000],
	] as const) {
		const { clock, join, leave, emitted } = setUp(others);
		for (const id of ["ada", "ben", "cleo"]) join(id, `${id}-1`);
		leave("cleo");
		clock.advance(ms - 1);
		assert.deepEqual(emitted(), [], `${others} members`);
		clock.advance(1);
		assert.deepEqual(emitted(), [`room r =${others + 2}`]);
	}
});

test("P1 after clear() nothing is emitted", () => {
	const { clock, batcher, join, emitted } = setUp();
	join("ada");
	batcher.clear();
	clock.advance(5_000);
	assert.deepEqual([emitted(), clock.pending], [[], 0]);
});
