import assert from "node:assert/strict";
import { test } from "node:test";
import { actionAt, entriesPerMessage, type Mix, readMix, turnsPerMessage, type UserAction } from "./mix.ts";

const mix = readMix({ send: 3, reply: 1, react: 2, page: 6 }) as Mix;

test("a mix gives each action its share", () => {
	const counts = new Map<UserAction, number>();
	for (let index = 0; index < 1_200; index++) {
		const action = actionAt(mix, index / 1_200);
		counts.set(action, (counts.get(action) ?? 0) + 1);
	}
	assert.deepEqual(Object.fromEntries(counts), { send: 300, reply: 100, react: 200, page: 600 });
});

test("turns and entries are counted for each message", () => {
	assert.equal(turnsPerMessage(mix), 3);
	assert.equal(entriesPerMessage(mix), 1.5);
});

test("what is no mix is refused with a sentence", () => {
	assert.match(String(readMix(7)), /a number for each of send, mention/);
	assert.match(String(readMix({ send: 1, shout: 2 })), /no "shout"/);
	assert.match(String(readMix({ send: -1 })), /send is a number from 0, not "-1"/);
	assert.match(String(readMix({ page: 1 })), /needs one of send, mention, reply/);
});
