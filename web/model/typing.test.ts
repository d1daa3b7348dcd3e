import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { ADA, GRACE } from "./testing/entries.ts";
import { Typing } from "./typing.ts";

function typingOf(t: TestContext) {
	t.mock.timers.enable({ apis: ["setTimeout", "Date"] });
	const told: string[] = [];
	const typing = new Typing(ADA.id, (event) => told.push(event));
	return { typing, told };
}

test("T1 who types on says so every three seconds, not at every keystroke", (t) => {
	const { typing, told } = typingOf(t);
	for (let key = 0; key < 70; key++) {
		typing.typed();
		t.mock.timers.tick(100);
	}
	assert.deepEqual(told, ["typing:start", "typing:start", "typing:start"]);
});

test("T1 who pauses, sends or empties the composer stops, and says so once", (t) => {
	const { typing, told } = typingOf(t);
	typing.typed();
	t.mock.timers.tick(10_000);
	typing.stopped();
	typing.typed();
	typing.stopped();
	assert.deepEqual(told, ["typing:start", "typing:stop", "typing:start", "typing:stop"]);
});

test("T1 others are shown until they stop, speak, or nothing was heard for long", (t) => {
	const { typing } = typingOf(t);
	typing.changed([ADA, GRACE]);
	assert.deepEqual(typing.users.value, [GRACE]);
	typing.spoke(GRACE.id);
	assert.deepEqual(typing.users.value, []);
	typing.changed([GRACE]);
	typing.changed([]);
	assert.deepEqual(typing.users.value, []);
	typing.changed([GRACE]);
	t.mock.timers.tick(60_000);
	assert.deepEqual(typing.users.value, []);
});
