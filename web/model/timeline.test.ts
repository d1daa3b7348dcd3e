import assert from "node:assert/strict";
import { test } from "node:test";
import { JOIN_MESSAGES } from "../../app/protocol/limits.ts";
import type { JoinData } from "../../app/protocol/room.ts";
import type { PendingMessage } from "./pending.ts";
import { ADA, removed, said, saidAll } from "./testing/entries.ts";
import { Timeline } from "./timeline.ts";

const presence = { count: 1, members: [ADA], truncated: false };

function joined(messages = saidAll(1, 3), seq = messages.at(-1)?.seq ?? 0): Timeline {
	const timeline = new Timeline(ADA);
	timeline.join(answer({ seq, messages }));
	return timeline;
}

function answer(data: Partial<JoinData>): JoinData {
	return { room: "lobby", epoch: "e", gap: false, presence, ...data } as JoinData;
}

function pending(change: Partial<PendingMessage> = {}): PendingMessage {
	const state = change.state ?? "sending";
	const content = { body: "hello" };
	return { clientId: "mine", room: "lobby", content, createdAt: 0, order: 1, state, ...change };
}

/** What is drawn, in short: a message's key, or another line's kind. */
function drawn(timeline: Timeline, waiting: PendingMessage[] = []): string[] {
	return timeline.items(waiting).map((item) => (item.kind === "message" ? item.key : item.kind));
}

test("M4 the real message takes the place of the pending one, under the same key", () => {
	const timeline = joined();
	const sending = pending({ after: { epoch: "e", seq: 3 } });
	assert.deepEqual(drawn(timeline, [sending]), ["1", "2", "3", "mine"]);
	timeline.name(4, "mine");
	const stored = { ...sending, state: "stored" as const, seq: 4 };
	assert.deepEqual(drawn(timeline, [stored]), ["1", "2", "3", "mine"]);
	timeline.take([said(4, ADA), said(5)]);
	assert.deepEqual(drawn(timeline, [stored]), ["1", "2", "3", "mine", "5"]);
	assert.deepEqual(drawn(timeline), ["1", "2", "3", "mine", "5"]);
});

test("M4 an own entry that may be the pending message is held back until the ack names it", () => {
	const timeline = joined();
	const resent = pending({ after: { epoch: "e", seq: 3 } });
	timeline.take([said(4, ADA), said(5)]);
	assert.deepEqual(drawn(timeline, [resent]), ["1", "2", "3", "5", "mine"]);
	timeline.name(4, "mine");
	assert.deepEqual(drawn(timeline, [{ ...resent, state: "stored", seq: 4 }]), ["1", "2", "3", "mine", "5"]);
});

test("M4 an own entry that was held back is drawn when the ack names another, and when it is refused for good", () => {
	const timeline = joined();
	const resent = pending({ after: { epoch: "e", seq: 3 } });
	timeline.take([said(4, ADA)]);
	const elsewhere = { ...resent, state: "stored" as const, seq: 5 };
	assert.deepEqual(drawn(timeline, [elsewhere]), ["1", "2", "3", "4", "mine"]);
	assert.deepEqual(drawn(timeline, [{ ...resent, state: "failed" }]), ["1", "2", "3", "4", "mine"]);
});

test("M4 what is written but was never sent holds nothing back, and neither what was there before", () => {
	const timeline = joined([said(1, ADA), said(2)]);
	timeline.take([said(3, ADA)]);
	assert.deepEqual(drawn(timeline, [pending({ state: "queued" })]), ["1", "2", "3", "mine"]);
	assert.deepEqual(drawn(timeline, [pending({ after: { epoch: "e", seq: 3 } })]), ["1", "2", "3", "mine"]);
});

test("M4 of another epoch, or from nobody knows when, any own message may be it", () => {
	const timeline = joined([said(1, ADA), said(2)]);
	assert.deepEqual(drawn(timeline, [pending({ after: { epoch: "before", seq: 9 } })]), ["2", "mine"]);
	assert.deepEqual(drawn(timeline, [pending({ after: "unknown" })]), ["2", "mine"]);
});

test("what a closed tab left is sent without being shown twice or holding anything back", () => {
	const timeline = joined([said(1), said(2, ADA)]);
	const taken = pending({ after: { epoch: "e", seq: 1 }, hidden: true });
	assert.deepEqual(drawn(timeline, [taken]), ["1", "2"]);
});

test("a gap, or another epoch, starts over and says so", () => {
	for (const epoch of ["e", "f"]) {
		const timeline = joined();
		const newest = saidAll(100, 100 + JOIN_MESSAGES - 1);
		assert.equal(timeline.join(answer({ epoch, seq: 149, gap: true, messages: newest })), undefined);
		assert.deepEqual(drawn(timeline), ["restart", ...newest.map(({ seq }) => String(seq))]);
		assert.deepEqual(timeline.cursor, { epoch, seq: 149 });
		assert.equal(timeline.window.hasOlder, true);
	}
});

test("resuming goes on where the line broke", () => {
	const timeline = joined();
	const fresh = timeline.join(answer({ seq: 5, entries: [said(4), removed(5, 2)] }));
	assert.deepEqual(
		fresh?.map(({ seq }) => seq),
		[4, 5],
	);
	assert.deepEqual(drawn(timeline), ["1", "3", "4"]);
});

test("a resume that ends before the log's head leaves a hole to be asked for", () => {
	const timeline = joined();
	timeline.join(answer({ seq: 6, entries: [said(4)] }));
	assert.equal(timeline.hasHole, true);
});

test("a line said in between stands where it was said", () => {
	const timeline = joined();
	timeline.say({ kind: "welcome" });
	timeline.take([said(4)]);
	assert.deepEqual(drawn(timeline, [pending({ state: "queued" })]), ["1", "2", "3", "welcome", "4", "mine"]);
});

test("M6 a removed message is not drawn", () => {
	const timeline = joined();
	timeline.take([removed(4, 2)]);
	assert.deepEqual(drawn(timeline), ["1", "3"]);
});

test("what did not change is the same object, so that it is not drawn again", () => {
	const timeline = joined();
	const waiting = [pending()];
	const before = timeline.items(waiting);
	timeline.take([said(4)]);
	const after = timeline.items(waiting);
	assert.equal(after[0], before[0]);
	assert.equal(after.at(-1), before.at(-1));
});

test("away from the newest, what is pending has no place below", () => {
	const timeline = joined(saidAll(1, 300));
	timeline.window.following = false;
	timeline.take([said(301)]);
	assert.equal(timeline.window.hasNewer, true);
	assert.equal(drawn(timeline, [pending()]).at(-1), "300");
});
