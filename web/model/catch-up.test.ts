import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import type { Entry } from "../../app/protocol/log.ts";
import { CatchUp } from "./catch-up.ts";
import { makeMessages } from "./testing/entries.ts";
import { stubRequests } from "./testing/stub-requests.ts";

/** A log that has entries up to `head` and knows of entries up to `known`. */
function catchUpFrom(t: TestContext, head: number, known: number) {
	t.mock.timers.enable({ apis: ["setTimeout"] });
	const { connection, requests } = stubRequests();
	const log = { head, known, rejoins: 0 };
	const catchUp = new CatchUp({
		room: "lobby",
		connection,
		head: () => log.head,
		hasGap: () => log.known > log.head,
		receive(entries: readonly Entry[]) {
			log.head = Math.max(log.head, ...entries.map(({ seq }) => seq));
		},
		giveUp: () => log.rejoins++,
	});
	return { catchUp, requests, log };
}

test("M5 a gap is filled with log:since after the last entry, page by page", async (t) => {
	const { catchUp, requests, log } = catchUpFrom(t, 3, 9);
	catchUp.fill();
	catchUp.fill();
	assert.deepEqual(
		requests.map(({ event, payload }) => [event, payload]),
		[["log:since", { room: "lobby", after: 3 }]],
	);
	await requests[0]!.accept({ entries: makeMessages(4, 6), more: true });
	assert.deepEqual(requests[1]!.payload, { room: "lobby", after: 6 });
	await requests[1]!.accept({ entries: makeMessages(7, 9), more: false });
	assert.equal(requests.length, 2);
	assert.equal(log.rejoins, 0);
});

test("without a gap nothing is requested", (t) => {
	const { catchUp, requests } = catchUpFrom(t, 3, 3);
	catchUp.fill();
	assert.equal(requests.length, 0);
});

test("a check requests entries without a known gap, and replaces a connection that does not answer", (t) => {
	const { catchUp, requests } = catchUpFrom(t, 3, 3);
	catchUp.check();
	assert.equal(requests[0]!.options.reconnectOnTimeout, true);
	catchUp.check();
	assert.equal(requests.length, 1);
});

test("a temporary refusal is retried after the time that the server names", async (t) => {
	const { catchUp, requests } = catchUpFrom(t, 3, 9);
	catchUp.fill();
	await requests[0]!.refuse(true, 1_000);
	t.mock.timers.tick(999);
	assert.equal(requests.length, 1);
	t.mock.timers.tick(60_000);
	assert.equal(requests.length, 2);
});

test("a permanent refusal, or a log that cannot be completed, needs a new join", async (t) => {
	const refused = catchUpFrom(t, 3, 9);
	refused.catchUp.fill();
	await refused.requests[0]!.refuse(false);
	assert.equal(refused.log.rejoins, 1);
	t.mock.timers.reset();

	const pastRetention = catchUpFrom(t, 3, 9);
	pastRetention.catchUp.fill();
	pastRetention.log.head = 3;
	await pastRetention.requests[0]!.accept({ entries: makeMessages(1, 2), more: false });
	assert.equal(pastRetention.log.rejoins, 1);
});

test("after five pages a new join is faster", async (t) => {
	const { catchUp, requests, log } = catchUpFrom(t, 0, 1_000);
	catchUp.fill();
	for (let page = 0; page < 5; page++) {
		assert.equal(log.rejoins, 0);
		await requests[page]!.accept({ entries: makeMessages(page * 10 + 1, page * 10 + 10), more: true });
	}
	assert.equal(log.rejoins, 1);
	assert.equal(requests.length, 5);
});

test("a server that is behind is asked again later", async (t) => {
	const { catchUp, requests, log } = catchUpFrom(t, 3, 9);
	catchUp.fill();
	await requests[0]!.accept({ entries: [], more: false });
	assert.equal(requests.length, 1);
	t.mock.timers.tick(60_000);
	assert.equal(requests.length, 2);
	assert.equal(log.rejoins, 0);
});

test("after a reset the ack of an earlier request is ignored", async (t) => {
	const { catchUp, requests, log } = catchUpFrom(t, 3, 9);
	catchUp.fill();
	catchUp.reset();
	await requests[0]!.accept({ entries: makeMessages(4, 9), more: false });
	assert.equal(log.head, 3);
	catchUp.fill();
	assert.equal(requests.length, 2);
});
