import assert from "node:assert/strict";
import { test } from "node:test";
import { StoreDamaged, StoreUnavailable } from "./room/ports/store.ts";
import { StoreHealth } from "./store-health.ts";
import { ManualClock } from "./testing/manual-clock.ts";

function setUp() {
	const clock = new ManualClock();
	const logged: string[] = [];
	return { clock, logged, health: new StoreHealth({ clock, log: (_, during) => logged.push(during) }) };
}

test("a failed commit counts for some seconds, or until one succeeds", () => {
	const { clock, health } = setUp();
	assert.equal(health.isFailing(), false);
	health.onCommit(false);
	clock.advance(4_999);
	health.onCommit(false);
	clock.advance(4_999);
	assert.equal(health.isFailing(), true);
	clock.advance(1);
	assert.equal(health.isFailing(), false, "nobody writes: a ping decides");
	health.onCommit(false);
	health.onCommit(true);
	assert.equal(health.isFailing(), false);
});

test("a damaged database counts until the end, whatever succeeds", () => {
	const { clock, health } = setUp();
	health.onError(new StoreDamaged("malformed"), "room:join");
	health.onCommit(true);
	clock.advance(3_600_000);
	assert.equal(health.isFailing(), true);
});

test("failures of the store are logged, for each kind of call once in ten seconds; bugs always", () => {
	const { clock, logged, health } = setUp();
	for (const during of ["commit", "commit", "room:join", "commit"])
		health.onError(new StoreUnavailable("away"), during);
	assert.deepEqual(logged.splice(0), ["commit", "room:join"]);
	clock.advance(10_000);
	health.onError(new StoreUnavailable("away"), "commit");
	for (const _ of [1, 2]) health.onError(new Error("a bug"), "commit");
	assert.deepEqual(logged, ["commit", "commit", "commit"]);
});
