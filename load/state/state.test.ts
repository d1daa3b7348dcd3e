import assert from "node:assert/strict";
import { test } from "node:test";
import type { Entry } from "../../app/protocol/log.ts";
import type { Message } from "../../app/protocol/message.ts";
import type { Ack } from "../../app/protocol/refusal.ts";
import { compareStates } from "./compare.ts";
import { ComputedRoom } from "./computed-room.ts";
import { sampledUsers } from "./sample.ts";
import { addChecks, compareSample, type StateHolder } from "./state-check.ts";

const ada = { id: "a", name: "Ada" };
const ben = { id: "b", name: "Ben" };
const message = (seq: number) => ({ seq, rev: seq, author: ada, createdAt: 0, body: `text ${seq}` }) satisfies Message;
const sent = (seq: number): Entry => ({ kind: "message", seq, author: ada, createdAt: 0, body: `text ${seq}` });
const edit = (seq: number, target: number): Entry => {
	return { kind: "edit", seq, target, author: ada, body: "new", createdAt: 1 };
};
const reaction = (seq: number, target: number, user = ada): Entry => {
	return { kind: "reaction", seq, target, user, emoji: "👍", on: true, createdAt: 1 };
};

function stateAfter(...entries: Entry[]): ComputedRoom {
	const state = new ComputedRoom("a");
	state.start([message(1), message(2)], 2);
	for (const entry of entries) state.apply(entry);
	return state;
}

test("a state that equals the history has no differences, whatever the order of reactions and people", () => {
	const state = stateAfter(sent(3), edit(4, 1), reaction(5, 2), reaction(6, 2, ben));
	const reacted: Message = {
		...message(2),
		rev: 6,
		reactions: [{ emoji: "👍", count: 2, users: [ben, ada], mine: true }],
	};
	const edited: Message = { ...message(1), rev: 4, body: "new", editedAt: 1 };
	const page = { messages: [edited, reacted, message(3)], more: false, seq: 6 };
	assert.deepEqual(compareStates(state, page), { compared: 3, differing: 0, sentences: [] });
});

test("a lost edit, a lost message and a removed one that is still there are differences", () => {
	const edited: Message = { ...message(1), rev: 3, body: "new", editedAt: 1 };
	const page = { messages: [edited, message(4)], more: false, seq: 4 };
	const { compared, differing, sentences } = compareStates(stateAfter(), page);
	assert.equal(compared, 3);
	assert.equal(differing, 3);
	assert.deepEqual(sentences, [
		"the message at seq 1 differs from the history in rev, body, editedAt",
		"the message at seq 4 is in the history, and the user has not received or has removed it",
		"the message at seq 2 is not in the history",
	]);
});

test("only what both have in full is compared", () => {
	const state = new ComputedRoom("a");
	state.start([message(5)], 5);
	state.apply(sent(6));
	const older = { messages: [message(4), message(5), message(6)], more: true, seq: 6 };
	assert.deepEqual(compareStates(state, older), { compared: 2, differing: 0, sentences: [] });
	assert.equal(compareStates(state, { ...older, messages: [message(6)] }).compared, 1);
});

test("a removal removes, and an entry that arrives twice changes nothing", () => {
	const removal: Entry = { kind: "removal", seq: 3, target: 1, by: ada, createdAt: 1 };
	const state = stateAfter(removal, removal, reaction(4, 2), reaction(4, 2));
	assert.deepEqual(
		state.messages.map(({ seq, reactions }) => [seq, reactions?.[0]?.count]),
		[[2, 1]],
	);
});

test("replies are counted at their root, of a thread that was read by a page too", () => {
	const state = new ComputedRoom("a");
	state.start([message(5)], 5);
	const reply: Entry = { kind: "message", seq: 6, author: ben, body: "yes", reply: 4, root: 4, createdAt: 1 };
	state.apply(reply);
	state.merge({ messages: [message(3), message(4)], more: true, seq: 5 }, 5);
	assert.equal(state.from, 3);
	assert.deepEqual(
		state.messages.map(({ seq, replies }) => [seq, replies]),
		[
			[3, undefined],
			[4, 1],
			[5, undefined],
			[6, undefined],
		],
	);
});

test("of two states of a message the newer one counts, and a page that is ahead adds nothing", () => {
	const state = stateAfter(edit(3, 1));
	state.merge({ messages: [message(1)], more: false, seq: 2 });
	assert.equal(state.messages[0]!.body, "new");
	state.start([message(5)], 5);
	for (const seq of [4, 6]) state.merge({ messages: [message(4)], more: true, seq }, 5);
	state.merge({ messages: [message(2)], more: true, seq: 5 }, 3);
	assert.equal(state.from, 5);
});

test("the messages that are kept are bounded", () => {
	const state = stateAfter(...Array.from({ length: 500 }, (_, index) => sent(3 + index)));
	assert.equal(state.messages.length, 300);
	assert.equal(state.from, 203);
});

test("states are compared with the history at the same seq, and users whose history is ahead or refused are unread", async () => {
	const holder = (user: number, state: ComputedRoom, ack: Ack<unknown>): StateHolder => ({
		row: { user },
		states: () => [{ room: "room", state }],
		history: async () => ack,
	});
	const page = { messages: [message(1), message(2)], more: false, seq: 2 };
	const refused: Ack<unknown> = { ok: false, error: { code: "unavailable", message: "Later.", retryable: true } };
	const check = await compareSample([
		holder(1, stateAfter(), { ok: true, data: page }),
		holder(2, stateAfter(), { ok: true, data: { ...page, messages: [message(1)] } }),
		holder(3, stateAfter(), { ok: true, data: { ...page, seq: 3 } }),
		holder(4, stateAfter(), refused),
	]);
	const { sentences, ...numbers } = check;
	assert.deepEqual(numbers, { users: 2, unread: 2, messages: 4, differing: 1 });
	assert.deepEqual(sentences, ["room, user 2: the message at seq 2 is not in the history"]);
	assert.deepEqual(addChecks([check, check]).messages, 8);
});

test("the sampled users are of as many rooms as possible", () => {
	const rows = Array.from({ length: 30 }, (_, user) => ({ user, room: user < 20 ? "large" : `small ${user % 5}` }));
	assert.equal(sampledUsers(rows, 100).size, 30);
	const six = [...sampledUsers(rows, 6)].map((user) => rows[user]!.room);
	assert.equal(new Set(six).size, 6);
	const many = Array.from({ length: 1_000 }, (_, user) => ({ user, room: String(user) }));
	assert.equal(sampledUsers(many, 100).size, 100);
});
