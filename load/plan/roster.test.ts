import assert from "node:assert/strict";
import { test } from "node:test";
import { DEFAULT_SETTINGS } from "../command-line/settings.ts";
import { arrivalPhases } from "../run/script.ts";
import { roster } from "./roster.ts";

const plan = (users: number, rooms: number, workers: number, speakers = 0) => ({
	run: "abc",
	targets: ["http://a"],
	rooms,
	workers,
	settings: { ...DEFAULT_SETTINGS, users, speakers },
});

test("rooms are filled evenly, and each is in one thread where there are enough of them", () => {
	const rows = roster(plan(60, 6, 3));
	const rooms = Map.groupBy(rows, ({ room }) => room);
	assert.equal(rooms.size, 6);
	for (const members of rooms.values()) {
		assert.equal(members.length, 10);
		assert.equal(new Set(members.map(({ user }) => user % 3)).size, 1);
	}
});

test("every room spans all targets, and each target gets its share, however many threads there are", () => {
	const targets = ["http://a", "http://b", "http://c"];
	for (const workers of [1, 2, 3]) {
		const rows = roster({ ...plan(60, 6, workers), targets });
		for (const members of Map.groupBy(rows, ({ room }) => room).values()) {
			assert.equal(new Set(members.map(({ server }) => server)).size, 3);
		}
		assert.deepEqual(
			[...Map.groupBy(rows, ({ server }) => server).values()].map(({ length }) => length),
			[20, 20, 20],
		);
		const first = rows.filter(({ place }) => place === 0).map(({ server }) => server);
		assert.equal(new Set(first).size, 3);
	}
});

test("one room is shared by all threads, and has the requested number of speakers", () => {
	const rows = roster(plan(50, 1, 3, 1));
	assert.equal(new Set(rows.map(({ room }) => room)).size, 1);
	assert.equal(rows.filter(({ place }) => place === 0).length, 1);
	assert.equal(rows.filter(({ place }) => place === -1).length, 49);
	assert.ok(rows.every(({ speakers }) => speakers === 1));
});

test("by default all members are speakers, each with a place of its own", () => {
	const places = roster(plan(10, 1, 1)).map(({ place }) => place);
	assert.deepEqual(places, [...Array(10).keys()]);
});

test("rooms of varied sizes have all users, and each but a few is in one thread", () => {
	for (const workers of [1, 2, 3]) {
		const varied = plan(1_000, 20, workers);
		const rows = roster({ ...varied, settings: { ...varied.settings, sizes: "varied" } });
		const rooms = [...Map.groupBy(rows, ({ room }) => room).values()];
		assert.equal(rooms.length, 20);
		const lengths = rooms.map(({ length }) => length);
		assert.ok(Math.max(...lengths) > 250 && Math.min(...lengths) < 20, String(lengths));
		const shared = rooms.filter((members) => new Set(members.map(({ user }) => user % workers)).size > 1);
		assert.ok(shared.length < workers, `${shared.length} rooms in several threads`);
	}
});

test("exactly the requested number of users arrives, as Artillery rounds the intervals", () => {
	for (const users of [1, 7, 20, 999, 1_000, 1_234, 10_000]) {
		for (const perSecond of [1, 30, 200, 777]) {
			for (const workers of [1, 3, 7]) {
				assert.equal(arriving(users, perSecond, workers), users, `${users} at ${perSecond} in ${workers} threads`);
			}
		}
	}
});

/** Artillery's arithmetic: `dist.ts` shares a rate out, and `arrivals` turns each share into ticks of whole microseconds. */
function arriving(users: number, perSecond: number, workers: number): number {
	let total = 0;
	for (const { duration, arrivalRate } of arrivalPhases(users, perSecond, workers)) {
		for (let worker = 0; worker < workers; worker++) {
			const rate = Math.floor(arrivalRate / workers) + (worker < arrivalRate % workers ? 1 : 0);
			if (rate > 0) total += Math.floor((duration * 1e6) / Math.floor(1e6 / rate));
		}
	}
	return total;
}
