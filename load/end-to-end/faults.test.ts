import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { type OwnServer, startOwnServer } from "../run/own-servers.ts";
import { intercept, type OnAppended } from "../testing/intercepting-proxy.ts";
import { load, SMALL_LOAD } from "../testing/load-run.ts";

/** The number of the delivery that has the fault, so that others come before and after it. */
const VICTIM = 20;
const MINUTES = { timeout: 120_000 };

let server: OwnServer;
before(async () => {
	server = await startOwnServer();
});
after(() => server.stop());

/** Runs a small load through a proxy that causes a fault. */
async function loadOver(onAppended: OnAppended) {
	using proxy = await intercept(server.url, onAppended);
	const args = ["--target", proxy.url, ...SMALL_LOAD];
	const { code, output, result } = await load(args, { LOAD_TOKEN: server.loadToken });
	assert.ok(result, output);
	const { lost, duplicated, outOfOrder, altered, acked, owed, delivered } = result.accounting;
	return { code, output, faults: { lost, duplicated, outOfOrder, altered }, acked, owed, delivered };
}

test("without a fault none is reported, and every delivery is accounted for", MINUTES, async () => {
	const { code, faults, acked, owed, delivered, output } = await loadOver((frame, _entries, push) => push(frame));
	assert.deepEqual(faults, { lost: 0, duplicated: 0, outOfOrder: 0, altered: 0 });
	assert.equal(acked, 18);
	assert.equal(owed, 18 * 6);
	assert.equal(delivered, owed);
	assert.equal(code, 0, output);
});

test("a dropped packet is reported as its entries lost, and nothing else", MINUTES, async () => {
	let seen = 0;
	let dropped = 0;
	const { code, faults, output } = await loadOver((frame, entries, push) => {
		if (++seen === VICTIM) dropped = entries;
		else push(frame);
	});
	assert.ok(dropped > 0);
	assert.deepEqual(faults, { lost: dropped, duplicated: 0, outOfOrder: 0, altered: 0 });
	assert.match(output, /seq \d+ was not delivered to user \d/);
	assert.equal(code, 1);
});

test("a duplicated packet is reported as its entries duplicated, and nothing else", MINUTES, async () => {
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

test("two packets in the wrong order are reported as out of order, and nothing else", MINUTES, async () => {
	let seen = 0;
	let late = 0;
	let held: { frame: Buffer; connection: object } | undefined;
	const { code, faults } = await loadOver((frame, entries, push, connection) => {
		if (++seen === VICTIM) {
			held = { frame, connection };
			late = entries;
			return;
		}
		push(frame);
		if (held?.connection !== connection) return;
		push(held.frame);
		held = undefined;
	});
	assert.ok(late > 0);
	assert.deepEqual(faults, { lost: 0, duplicated: 0, outOfOrder: late, altered: 0 });
	assert.equal(code, 1);
});
