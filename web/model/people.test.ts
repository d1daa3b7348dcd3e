import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import type { PresenceDiff } from "../../app/protocol/presence.ts";
import type { User } from "../../app/protocol/session.ts";
import { People } from "./people.ts";
import { ADA, GRACE } from "./testing/entries.ts";

const ALAN: User = { id: "alan", name: "alan" };

function peopleOf(t: TestContext) {
	t.mock.timers.enable({ apis: ["setTimeout"] });
	const told: string[] = [];
	let refreshes = 0;
	const people = new People({
		me: ADA.id,
		refresh: () => refreshes++,
		told: (user, change) => told.push(`${user.name} ${change}`),
	});
	const names = () => people.presence.value?.members.map(({ name }) => name);
	return { people, told, names, refreshes: () => refreshes };
}

function diff(change: Partial<PresenceDiff> & { count: number }): PresenceDiff {
	return { room: "lobby", joins: [], leaves: [], ...change };
}

test("P1 a snapshot, then diffs; comings and goings are told, but not one's own", (t) => {
	const { people, told, names } = peopleOf(t);
	people.snapshot({ count: 1, members: [ADA], truncated: false });
	people.diff(diff({ joins: [GRACE], count: 2 }));
	people.diff(diff({ joins: [ALAN], leaves: [GRACE], count: 2 }));
	people.diff(diff({ joins: [ADA], count: 2 }));
	assert.deepEqual(names(), ["ada", "alan"]);
	assert.deepEqual(told, ["grace joined", "grace left", "alan joined"]);
});

test("P1 a diff that comes before its snapshot is not lost, and not told twice", (t) => {
	const { people, told, names } = peopleOf(t);
	people.snapshotAsked();
	people.diff(diff({ joins: [GRACE], count: 2 }));
	people.diff(diff({ leaves: [ALAN], count: 2 }));
	people.snapshot({ count: 3, members: [ADA, GRACE, ALAN], truncated: false });
	assert.deepEqual(names(), ["ada", "grace"]);
	assert.equal(people.presence.value?.count, 2);
	assert.deepEqual(told, []);
});

test("in a larger room nobody is announced", (t) => {
	const { people, told } = peopleOf(t);
	const members = Array.from({ length: 20 }, (_, index) => ({ id: `${index}`, name: `user ${index}` }));
	people.snapshot({ count: 20, members, truncated: false });
	people.diff(diff({ joins: [GRACE], count: 21 }));
	assert.deepEqual(told, []);
});

test("P1 above the threshold only the count is known; below it again, a new list is asked for, once", (t) => {
	const { people, names, refreshes } = peopleOf(t);
	people.snapshot({ count: 2, members: [ADA, GRACE], truncated: false });
	people.diff(diff({ count: 101 }));
	assert.deepEqual(people.presence.value, { count: 101, members: [ADA, GRACE], truncated: true });
	t.mock.timers.tick(60_000);
	assert.equal(refreshes(), 0);
	people.diff(diff({ count: 3 }));
	people.diff(diff({ count: 2 }));
	t.mock.timers.tick(60_000);
	assert.equal(refreshes(), 1);
	people.snapshot({ count: 2, members: [ADA, ALAN], truncated: false });
	t.mock.timers.tick(60_000);
	assert.equal(refreshes(), 1);
	assert.deepEqual(names(), ["ada", "alan"]);
});

test("a list that does not add up is asked for anew, but not without a line", (t) => {
	const { people, refreshes } = peopleOf(t);
	people.snapshot({ count: 2, members: [ADA], truncated: false });
	people.lineDown();
	t.mock.timers.tick(60_000);
	assert.equal(refreshes(), 0);
	people.snapshot({ count: 2, members: [ADA], truncated: false });
	t.mock.timers.tick(60_000);
	assert.equal(refreshes(), 1);
});
