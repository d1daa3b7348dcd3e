import assert from "node:assert/strict";
import { test } from "node:test";
import { JOIN_MESSAGES } from "../../app/protocol/limits.ts";
import type { JoinData } from "../../app/protocol/room.ts";
import { MessageItems } from "./message-items.ts";
import type { PendingMessage } from "./pending.ts";
import { RoomTimeline } from "./room-timeline.ts";
import { ADA_USER, makeMessage, makeMessages, makeRemoval } from "./testing/entries.ts";

const presence = { count: 1, members: [ADA_USER], truncated: false };

function joined(messages = makeMessages(1, 3), seq = messages.at(-1)?.seq ?? 0): RoomTimeline {
	const timeline = new RoomTimeline(ADA_USER.id);
	timeline.join(joinData({ seq, messages }));
	return timeline;
}

function joinData(data: Partial<JoinData>): JoinData {
	return { room: "lobby", epoch: "e", gap: false, presence, ...data } as JoinData;
}

function pending(change: Partial<PendingMessage> = {}): PendingMessage {
	const state = change.state ?? "sending";
	const content = { body: "hello" };
	return { kind: "message", clientId: "mine", room: "lobby", content, createdAt: 0, order: 1, state, ...change };
}

/** Returns the items in short form: the key of a message, the kind of a system item. */
function drawn(timeline: RoomTimeline, messages: PendingMessage[] = []): string[] {
	const messageItems = new MessageItems({ me: ADA_USER, pending: messages, lookup: () => undefined });
	return timeline.items(messageItems).map((item) => (item.kind === "message" ? item.key : item.kind));
}

test("M4 the stored message replaces the pending one under the same key", () => {
	const timeline = joined();
	const sending = pending({ after: { epoch: "e", seq: 3 } });
	assert.deepEqual(drawn(timeline, [sending]), ["1", "2", "3", "mine"]);
	timeline.identify(4, "mine");
	const stored = { ...sending, state: "stored" as const, seq: 4 };
	assert.deepEqual(drawn(timeline, [stored]), ["1", "2", "3", "mine"]);
	timeline.receive([makeMessage(4, ADA_USER), makeMessage(5)]);
	assert.deepEqual(drawn(timeline, [stored]), ["1", "2", "3", "mine", "5"]);
	assert.deepEqual(drawn(timeline), ["1", "2", "3", "mine", "5"]);
});

test("M4 an own entry that may be the pending message is held back until the ack identifies it", () => {
	const timeline = joined();
	const resent = pending({ after: { epoch: "e", seq: 3 } });
	timeline.receive([makeMessage(4, ADA_USER), makeMessage(5)]);
	assert.deepEqual(drawn(timeline, [resent]), ["1", "2", "3", "5", "mine"]);
	timeline.identify(4, "mine");
	assert.deepEqual(drawn(timeline, [{ ...resent, state: "stored", seq: 4 }]), ["1", "2", "3", "mine", "5"]);
});

test("M4 an own entry that was held back is drawn when the ack identifies another one or the message fails", () => {
	const timeline = joined();
	const resent = pending({ after: { epoch: "e", seq: 3 } });
	timeline.receive([makeMessage(4, ADA_USER)]);
	const elsewhere = { ...resent, state: "stored" as const, seq: 5 };
	assert.deepEqual(drawn(timeline, [elsewhere]), ["1", "2", "3", "4", "mine"]);
	assert.deepEqual(drawn(timeline, [{ ...resent, state: "failed" }]), ["1", "2", "3", "4", "mine"]);
});

test("a gap or another epoch starts over with a restart item", () => {
	for (const epoch of ["e", "f"]) {
		const timeline = joined();
		const newest = makeMessages(100, 100 + JOIN_MESSAGES - 1);
		assert.equal(timeline.join(joinData({ epoch, seq: 149, gap: true, messages: newest })), undefined);
		assert.deepEqual(drawn(timeline), ["restart", ...newest.map(({ seq }) => String(seq))]);
		const [restart] = timeline.items(new MessageItems({ me: ADA_USER, pending: [], lookup: () => undefined }));
		assert.equal(restart?.kind === "restart" && restart.isNew, epoch === "f", "only another epoch is another log");
		assert.deepEqual(timeline.cursor, { epoch, seq: 149 });
		assert.equal(timeline.window.hasOlder, true);
	}
});

test("a resume continues after the cursor", () => {
	const timeline = joined();
	const fresh = timeline.join(joinData({ seq: 5, entries: [makeMessage(4), makeRemoval(5, 2)] }));
	assert.deepEqual(
		fresh?.map(({ seq }) => seq),
		[4, 5],
	);
	assert.deepEqual(drawn(timeline), ["1", "3", "4"]);
});

test("a resume that ends before the log's head leaves a gap", () => {
	const timeline = joined();
	timeline.join(joinData({ seq: 6, entries: [makeMessage(4)] }));
	assert.equal(timeline.hasGap, true);
});

test("a system item keeps its position between messages", () => {
	const timeline = joined();
	timeline.addSystemItem({ kind: "welcome" });
	timeline.receive([makeMessage(4)]);
	assert.deepEqual(drawn(timeline, [pending({ state: "queued" })]), ["1", "2", "3", "welcome", "4", "mine"]);
});

test("M6 a removed message is not drawn", () => {
	const timeline = joined();
	timeline.receive([makeRemoval(4, 2)]);
	assert.deepEqual(drawn(timeline), ["1", "3"]);
});

test("away from the end, pending messages are not drawn", () => {
	const timeline = joined(makeMessages(1, 300));
	timeline.window.following = false;
	timeline.receive([makeMessage(301)]);
	assert.equal(timeline.window.hasNewer, true);
	assert.equal(drawn(timeline, [pending()]).at(-1), "300");
});
