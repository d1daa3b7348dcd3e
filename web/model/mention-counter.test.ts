import assert from "node:assert/strict";
import { test } from "node:test";
import { EVERYBODY } from "../../app/protocol/message.ts";
import { MentionCounter } from "./mention-counter.ts";
import { ADA_USER, GRACE_USER, makeEdit, makeMessage, makeRemoval } from "./testing/entries.ts";

const ADA = { mentions: [ADA_USER.id] };

function counterOf(...newest: ReturnType<typeof makeMessage>[]): MentionCounter {
	const counter = new MentionCounter(ADA_USER.id);
	counter.start({ epoch: "e", seq: 2 }, "e", 10, newest);
	return counter;
}

test("messages that mention the user or everybody are counted, without own ones and those that were read", () => {
	const counter = counterOf(
		makeMessage(1, GRACE_USER, "read", ADA),
		makeMessage(3, GRACE_USER, "unread", ADA),
		makeMessage(4, ADA_USER, "own", ADA),
		makeMessage(5, GRACE_USER, "of another", { mentions: ["linus"] }),
	);
	assert.equal(counter.count, 1);
	counter.receive([makeMessage(11, GRACE_USER, "all", { mentions: [EVERYBODY] })]);
	assert.equal(counter.count, 2);
	counter.clear();
	assert.equal(counter.count, 0);
});

test("an edit or a removal takes a mention back", () => {
	const counter = counterOf(makeMessage(3, GRACE_USER, "a", ADA), makeMessage(4, GRACE_USER, "b", ADA));
	counter.receive([makeEdit(11, 3, "no one")]);
	assert.equal(counter.count, 1);
	counter.receive([makeRemoval(12, 4)]);
	assert.equal(counter.count, 0);
});

test("an edit mentions only who was not mentioned before", () => {
	const counter = counterOf(makeMessage(3, GRACE_USER, "a", ADA), makeMessage(4));
	counter.clear();
	counter.receive([makeEdit(11, 3, "corrected", [ADA_USER.id])]);
	assert.equal(counter.count, 0);
	counter.receive([makeEdit(12, 4, "and ada", [ADA_USER.id]), makeEdit(13, 4, "and ada!", [ADA_USER.id])]);
	assert.equal(counter.count, 1);
	counter.clear();
	counter.receive([makeEdit(14, 4, "nobody"), makeEdit(15, 4, "ada again", [ADA_USER.id])]);
	assert.equal(counter.count, 1);
});

test("an edit of a message that was never seen does not count: it may have mentioned the user before", () => {
	const counter = counterOf(makeMessage(5));
	counter.receive([makeEdit(11, 2, "ada", [ADA_USER.id])]);
	assert.equal(counter.count, 0);
});

test("in a room that is new on this device every mention was read", () => {
	const counter = new MentionCounter(ADA_USER.id);
	counter.start(undefined, "e", 3, [makeMessage(3, GRACE_USER, "a", ADA)]);
	assert.equal(counter.count, 0);
});

test("the number of mentions is bounded", () => {
	const counter = counterOf();
	for (let seq = 11; seq < 2_000; seq++) counter.receive([makeMessage(seq, GRACE_USER, "a", ADA)]);
	assert.equal(counter.count, 1_000);
	counter.receive([makeEdit(2_001, 20, "again", [ADA_USER.id])]);
	assert.equal(counter.count, 1_000);
});
