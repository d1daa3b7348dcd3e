import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import type { PresenceDiff } from "../../app/protocol/presence.ts";
import type { User } from "../../app/protocol/session.ts";
import { PresenceList } from "./presence-list.ts";
import { ADA_USER, GRACE_USER } from "./testing/entries.ts";

const ALAN: User = { id: "alan", name: "alan" };

function createPresence(t: TestContext) {
	t.mock.timers.enable({ apis: ["setTimeout"] });
	const changes: string[] = [];
	let refreshes = 0;
	const presence = new PresenceList({
		me: ADA_USER.id,
		refresh: () => refreshes++,
		onChange: (user, change) => changes.push(`${user.name} ${change}`),
	});
	const names = () => presence.presence.value?.members.map(({ name }) => name);
	return { presence, changes, names, refreshes: () => refreshes };
}

function diff(change: Partial<PresenceDiff> & { count: number }): PresenceDiff {
	return { room: "lobby", joins: [], leaves: [], ...change };
}

test("P1 a snapshot, then diffs; joins and leaves of other users are reported", (t) => {
	const { presence, changes, names } = createPresence(t);
	presence.snapshot({ count: 1, members: [ADA_USER], truncated: false });
	presence.diff(diff({ joins: [GRACE_USER], count: 2 }));
	presence.diff(diff({ joins: [ALAN], leaves: [GRACE_USER], count: 2 }));
	presence.diff(diff({ joins: [ADA_USER], count: 2 }));
	assert.deepEqual(names(), ["ada", "alan"]);
	assert.deepEqual(changes, ["grace joined", "grace left", "alan joined"]);
});

test("P1 a diff that arrives before its snapshot is applied and not reported", (t) => {
	const { presence, changes, names } = createPresence(t);
	presence.snapshotRequested();
	presence.diff(diff({ joins: [GRACE_USER], count: 2 }));
	presence.diff(diff({ leaves: [ALAN], count: 2 }));
	presence.snapshot({ count: 3, members: [ADA_USER, GRACE_USER, ALAN], truncated: false });
	assert.deepEqual(names(), ["ada", "grace"]);
	assert.equal(presence.presence.value?.count, 2);
	assert.deepEqual(changes, []);
});

test("joins and leaves are not reported in a large room", (t) => {
	const { presence, changes } = createPresence(t);
	const members = Array.from({ length: 20 }, (_, index) => ({ id: `${index}`, name: `user ${index}` }));
	presence.snapshot({ count: 20, members, truncated: false });
	presence.diff(diff({ joins: [GRACE_USER], count: 21 }));
	presence.diff(diff({ leaves: [GRACE_USER], count: 20 }));
	assert.deepEqual(changes, [], "neither the join nor the leave of the twenty-first");
	presence.diff(diff({ leaves: [members[0]!], count: 19 }));
	assert.deepEqual(changes, ["user 0 left"]);
});

test("P1 above the threshold only the count is known; below it, a new list is requested once", (t) => {
	const { presence, names, refreshes } = createPresence(t);
	presence.snapshot({ count: 2, members: [ADA_USER, GRACE_USER], truncated: false });
	presence.diff(diff({ count: 101 }));
	assert.deepEqual(presence.presence.value, { count: 101, members: [ADA_USER, GRACE_USER], truncated: true });
	t.mock.timers.tick(60_000);
	assert.equal(refreshes(), 0);
	presence.diff(diff({ count: 3 }));
	presence.diff(diff({ count: 2 }));
	t.mock.timers.tick(60_000);
	assert.equal(refreshes(), 1);
	presence.snapshot({ count: 2, members: [ADA_USER, ALAN], truncated: false });
	t.mock.timers.tick(60_000);
	assert.equal(refreshes(), 1);
	assert.deepEqual(names(), ["ada", "alan"]);
});

test("a list that does not match the count is requested again, but not while disconnected", (t) => {
	const { presence, refreshes } = createPresence(t);
	presence.snapshot({ count: 2, members: [ADA_USER], truncated: false });
	presence.disconnected();
	t.mock.timers.tick(60_000);
	assert.equal(refreshes(), 0);
	presence.snapshot({ count: 2, members: [ADA_USER], truncated: false });
	t.mock.timers.tick(60_000);
	assert.equal(refreshes(), 1);
});
