import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { LocalServer } from "./run/local-server.ts";
import { Line, type OnAppended } from "./testing/line.ts";
import { load, SMALL_LOAD } from "./testing/load-run.ts";

/** The fault hits this one of all the deliveries of a run, so that others come before and after it. */
const VICTIM = 20;
const MINUTES = { timeout: 120_000 };

let server: LocalServer;
before(async () => {
	server = await LocalServer.start();
});
after(() => server.stop());

/** Runs a small load over a line with this fault in it. */
async function loadOver(onAppended: OnAppended) {
	await using line = new Line(server.url, onAppended);
	const args = ["--target", await line.listen(), ...SMALL_LOAD];
	const { code, output, result } = await load(args, { LOAD_TOKEN: server.loadToken });
	assert.ok(result, output);
	const { lost, duplicated, outOfOrder, altered, acked, owed, delivered } = result.accounting;
	return { code, output, faults: { lost, duplicated, outOfOrder, altered }, acked, owed, delivered };
}

test("without a fault there is none, and every delivery is accounted for", MINUTES, async () => {
	const { code, faults, acked, owed, delivered, output } = await loadOver((frame, _entries, push) => push(frame));
	assert.deepEqual(faults, { lost: 0, duplicated: 0, outOfOrder: 0, altered: 0 });
	assert.equal(acked, 18);
	assert.equal(owed, 18 * 6);
	assert.equal(delivered, owed);
	assert.equal(code, 0, output);
});

test("one dropped delivery is reported as that many lost, and nothing else", MINUTES, async () => {
	let seen = 0;
	let dropped = 0;
	const { code, faults, output } = await loadOver((frame, entries, push) => {
		if (++seen === VICTIM) dropped = entries;
		else push(frame);
	});
	assert.ok(dropped > 0);
	assert.deepEqual(faults, { lost: dropped, duplicated: 0, outOfOrder: 0, altered: 0 });
	assert.match(output, /seq \d+ never came to user \d/);
	assert.equal(code, 1);
});

test("one doubled delivery is reported as that many doubled, and nothing else", MINUTES, async () => {
	let seen = 0;
	let doubled = 0;
	const { code, faults } = await loadOver((frame, entries, push) => {
		push(frame);
		if (++seen !== VICTIM) return;
		doubled = entries;
		push(frame);
	});
	assert.ok(doubled > 0);
	assert.deepEqual(faults, { lost: 0, duplicated: doubled, outOfOrder: 0, altered: 0 });
	assert.equal(code, 1);
});

test("two deliveries that change places are reported as out of order, and nothing else", MINUTES, async () => {
	let seen = 0;
	let late = 0;
	let held: { frame: Buffer; line: object } | undefined;
	const { code, faults } = await loadOver((frame, entries, push, line) => {
		if (++seen === VICTIM) {
			held = { frame, line };
			late = entries;
			return;
		}
		push(frame);
		if (held?.line !== line) return;
		push(held.frame);
		held = undefined;
	});
	assert.ok(late > 0);
	assert.deepEqual(faults, { lost: 0, duplicated: 0, outOfOrder: late, altered: 0 });
	assert.equal(code, 1);
});
