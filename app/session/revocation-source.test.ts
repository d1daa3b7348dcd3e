import assert from "node:assert/strict";
import { test } from "node:test";
import { setImmediate as turn } from "node:timers/promises";
import { Reconciler } from "../room/reconciler.ts";
import { ManualClock } from "../testing/manual-clock.ts";
import { revocationSource } from "./revocation-source.ts";

test("S3 a session that another process revoked is found within a minute without a cluster message, also after a failed read", async () => {
	const clock = new ManualClock();
	const ended = ["first"];
	let isAway = false;
	const found: string[] = [];
	const errors: unknown[] = [];
	const source = revocationSource({
		store: { revokedSessions: async () => (isAway ? Promise.reject(new Error("away")) : [...ended]) },
		onRevoked: (id) => found.push(id),
	});
	const reconciler = new Reconciler({ sources: [source], clock, onError: (error) => errors.push(error) });
	const minute = async () => {
		clock.advance(60_000);
		for (let turns = 0; turns < 5; turns++) await turn();
		return found.splice(0);
	};
	reconciler.start();
	assert.deepEqual(await minute(), ["first"]);
	isAway = true;
	assert.deepEqual([await minute(), errors.length], [[], 1]);
	isAway = false;
	ended.push("second");
	assert.deepEqual(await minute(), ["first", "second"]);
	reconciler.stop();
	assert.deepEqual([await minute(), clock.pending], [[], 0]);
});
