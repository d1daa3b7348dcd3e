import assert from "node:assert/strict";
import { test } from "node:test";
import { TYPING_TTL_MS } from "../protocol/limits.ts";
import type { TypingChanged } from "../protocol/typing.ts";
import { ManualClock } from "../testing/manual-clock.ts";
import { RecordingBroadcast } from "../testing/recording-broadcast.ts";
import { RecordingCluster } from "../testing/recording-cluster.ts";
import { RoomTyping } from "./typing.ts";

function room() {
	const clock = new ManualClock();
	const broadcast = new RecordingBroadcast();
	const cluster = new RecordingCluster();
	const typing = new RoomTyping({ room: "r", broadcast, cluster, clock });
	const sent = () =>
		broadcast.take().map(({ payload }) => (payload as TypingChanged).users.map(({ name }) => name).join(" "));
	return { clock, typing, sent };
}
const user = (name: string) => ({ id: name, name });

test("T1 users who start within one window are one broadcast, and are removed when they stop", () => {
	const { clock, typing, sent } = room();
	typing.start(user("ada"));
	typing.start(user("bob"));
	clock.advance(500);
	assert.deepEqual(sent(), ["ada bob"]);
	typing.stop(user("ada"));
	clock.advance(500);
	assert.deepEqual(sent(), ["bob"]);
});

test("T1 a repeated start is not broadcast, and delays the expiry", () => {
	const { clock, typing, sent } = room();
	for (let i = 0; i < 5; i++) {
		typing.start(user("ada"));
		clock.advance(TYPING_TTL_MS - 1_000);
	}
	assert.deepEqual(sent(), ["ada"]);
	clock.advance(2 * TYPING_TTL_MS);
	assert.deepEqual(sent(), [""]);
	assert.equal(clock.pending, 0);
});

test("T1 a broadcast has at most eight names", () => {
	const { clock, typing, sent } = room();
	for (let i = 0; i < 500; i++) typing.start(user(`guest${i}`));
	clock.advance(500);
	assert.equal(sent()[0]?.split(" ").length, 8);
});
