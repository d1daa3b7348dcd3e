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
	const told = () =>
		broadcast.take().map(({ payload }) => (payload as TypingChanged).users.map(({ name }) => name).join(" "));
	return { clock, typing, told };
}
const user = (name: string) => ({ id: name, name });

test("T1 typists are told, gathered, and gone when they stop", () => {
	const { clock, typing, told } = room();
	typing.start(user("ada"));
	typing.start(user("bob"));
	clock.advance(500);
	assert.deepEqual(told(), ["ada bob"]);
	typing.stop(user("ada"));
	clock.advance(500);
	assert.deepEqual(told(), ["bob"]);
});

test("T1 typing on says nothing new, and keeps a typist from expiring", () => {
	const { clock, typing, told } = room();
	for (let i = 0; i < 5; i++) {
		typing.start(user("ada"));
		clock.advance(TYPING_TTL_MS - 1_000);
	}
	assert.deepEqual(told(), ["ada"]);
	clock.advance(2 * TYPING_TTL_MS);
	assert.deepEqual(told(), [""]);
	assert.equal(clock.pending, 0);
});

test("T1 a room full of typists is told eight names", () => {
	const { clock, typing, told } = room();
	for (let i = 0; i < 500; i++) typing.start(user(`guest${i}`));
	clock.advance(500);
	assert.equal(told()[0]?.split(" ").length, 8);
});
