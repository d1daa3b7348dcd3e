import assert from "node:assert/strict";
import { test } from "node:test";
import { ManualClock } from "../../testing/manual-clock.ts";
import type { Ban } from "../ports/moderation.ts";
import { Bans } from "./bans.ts";

const MINUTE_MS = 60_000;

function setUp() {
	const clock = new ManualClock();
	const bans = new Bans(clock, () => false);
	const ban = (minutes?: number, rest: Partial<Ban> = {}): Ban => ({
		kind: "user",
		target: "ada",
		createdAt: clock.now(),
		...(minutes !== undefined && { until: clock.now() + minutes * MINUTE_MS }),
		...rest,
	});
	const sentence = () => bans.refusal({ userId: "ada" })?.error.message;
	return { clock, bans, ban, sentence };
}

test("A2 a ban ends by itself, and its refusal names the time left", () => {
	const { clock, bans, ban, sentence } = setUp();
	bans.add(ban(3 * 24 * 60));
	assert.match(sentence() ?? "", /for another 3 days\.$/);
	clock.advance(36 * 60 * MINUTE_MS);
	assert.match(sentence() ?? "", /for another 36 hours\.$/);
	clock.advance(35 * 60 * MINUTE_MS);
	assert.match(sentence() ?? "", /for another 60 minutes\.$/);
	clock.advance(59.5 * MINUTE_MS);
	assert.match(sentence() ?? "", /for another 1 minute\.$/);
	clock.advance(0.5 * MINUTE_MS);
	assert.equal(sentence(), undefined);
	assert.deepEqual(bans.list(), []);
});

test("A2 of two bans on one target the one that ends later stays, in any order", () => {
	for (const ends of [
		[10, 20, undefined],
		[undefined, 20, 10],
		[20, undefined, 10],
	]) {
		const { bans, ban } = setUp();
		for (const minutes of ends) bans.add(ban(minutes));
		assert.deepEqual(
			bans.list().map(({ until }) => until),
			[undefined],
		);
	}
});

test("A3 a ban from one room is neither one from another nor from the chat, and vice versa", () => {
	const { bans, ban, sentence } = setUp();
	bans.add(ban(10, { room: "lobby" }));
	assert.equal(bans.roomRefusal("ada", "lobby")?.error.field, "room");
	assert.equal(bans.roomRefusal("ada", "attic"), undefined);
	assert.equal(bans.roomRefusal("ben", "lobby"), undefined);
	assert.equal(sentence(), undefined);
	bans.remove({ kind: "user", target: "ada" });
	assert.ok(bans.roomRefusal("ada", "lobby"));
});

test("A2 a user and an address with the same id are two targets", () => {
	const { bans, ban } = setUp();
	bans.add(ban(undefined, { kind: "address", target: "192.0.2.1" }));
	assert.equal(bans.refusal({ userId: "192.0.2.1", address: "192.0.2.2" }), undefined);
	assert.equal(bans.refusal({ address: "192.0.2.1" })?.error.code, "forbidden");
	assert.equal(bans.refusal({}), undefined);
});

test("A2 a clock that is ahead for a while lifts no ban", () => {
	const { clock, bans, ban } = setUp();
	const ahead = new Bans({ now: () => clock.now() + 60 * MINUTE_MS }, () => false);
	for (const each of [bans, ahead]) each.add(ban(10));
	assert.deepEqual([bans.list().length, ahead.list().length, ahead.all().length], [1, 0, 1]);
});
