import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { FOLD_MS, MessageAnnouncer } from "./message-announcer.ts";

function createAnnouncer(t: TestContext) {
	t.mock.timers.enable({ apis: ["setTimeout"] });
	const announced: string[] = [];
	const announcer = new MessageAnnouncer((sentence) => announced.push(sentence));
	/** Returns what has been announced since the last call. */
	const take = () => announced.splice(0);
	return { announcer, take, tick: (ms: number) => t.mock.timers.tick(ms) };
}

test("up to three messages in two seconds are read at once, one by one", (t) => {
	const { announcer, take, tick } = createAnnouncer(t);
	announcer.receive(["Grace: one"]);
	announcer.receive(["Bob: two", "Bob: three"]);
	assert.deepEqual(take(), ["Grace: one", "Bob: two", "Bob: three"]);
	tick(FOLD_MS);
	announcer.receive(["Grace: four"]);
	assert.deepEqual(take(), ["Grace: four"]);
});

test("five messages at once are folded into one sentence", (t) => {
	const { announcer, take, tick } = createAnnouncer(t);
	announcer.receive(["1", "2", "3", "4", "5"]);
	assert.deepEqual(take(), []);
	tick(FOLD_MS);
	assert.deepEqual(take(), ["5 new messages"]);
});

test("of a burst the first messages are read and the rest is counted, each message once", (t) => {
	const { announcer, take, tick } = createAnnouncer(t);
	for (let n = 1; n <= 8; n++) {
		announcer.receive([`${n}`]);
		tick(100);
	}
	assert.deepEqual(take(), ["1", "2", "3"]);
	tick(FOLD_MS);
	assert.deepEqual(take(), ["5 new messages"]);
	announcer.receive(["9"]);
	announcer.receive(["10"]);
	tick(FOLD_MS);
	assert.deepEqual(take(), ["2 new messages"], "the burst continues");
	tick(FOLD_MS);
	announcer.receive(["11"]);
	assert.deepEqual(take(), ["11"], "and has ended");
});

test("one message beyond the third is read after the interval", (t) => {
	const { announcer, take, tick } = createAnnouncer(t);
	for (const sentence of ["1", "2", "3", "4"]) announcer.receive([sentence]);
	assert.deepEqual(take(), ["1", "2", "3"]);
	tick(FOLD_MS);
	assert.deepEqual(take(), ["4"]);
});

test("a room that is closed reads nothing later", (t) => {
	const { announcer, take, tick } = createAnnouncer(t);
	announcer.receive(["1", "2", "3", "4"]);
	announcer.stop();
	tick(FOLD_MS);
	assert.deepEqual(take(), []);
});
