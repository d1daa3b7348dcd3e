import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { ADA_USER, GRACE_USER } from "./testing/entries.ts";
import { Typing } from "./typing.ts";

function typingOf(t: TestContext) {
	t.mock.timers.enable({ apis: ["setTimeout", "Date"] });
	const events: string[] = [];
	const typing = new Typing(ADA_USER.id, (event) => events.push(event));
	return { typing, events };
}

test("T1 typing:start is repeated every three seconds, not at every keystroke", (t) => {
	const { typing, events } = typingOf(t);
	for (let key = 0; key < 70; key++) {
		typing.typed();
		t.mock.timers.tick(100);
	}
	assert.deepEqual(events, ["typing:start", "typing:start", "typing:start"]);
});

test("T1 after a pause, sending or emptying the composer, typing:stop is sent once", (t) => {
	const { typing, events } = typingOf(t);
	typing.typed();
	t.mock.timers.tick(10_000);
	typing.stopped();
	typing.typed();
	typing.stopped();
	assert.deepEqual(events, ["typing:start", "typing:stop", "typing:start", "typing:stop"]);
});

test("T1 a user is listed until typing stops, a message arrives, or no event has come for a minute", (t) => {
	const { typing } = typingOf(t);
	typing.changed([ADA_USER, GRACE_USER]);
	assert.deepEqual(typing.users.value, [GRACE_USER]);
	typing.sentMessage(GRACE_USER.id);
	assert.deepEqual(typing.users.value, []);
	typing.changed([GRACE_USER]);
	typing.changed([]);
	assert.deepEqual(typing.users.value, []);
	typing.changed([GRACE_USER]);
	t.mock.timers.tick(60_000);
	assert.deepEqual(typing.users.value, []);
});
