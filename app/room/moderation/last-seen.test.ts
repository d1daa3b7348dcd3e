import assert from "node:assert/strict";
import { test } from "node:test";
import { ManualClock } from "../../testing/manual-clock.ts";
import { LastSeen } from "./last-seen.ts";

const HOUR_MS = 3_600_000;
const [ADA, BEN, CEM] = ["Ada", "Ben", "Cem"].map((name) => ({ id: name.toLowerCase(), name })) as [User, User, User];
type User = { id: string; name: string };

test("A2 the addresses of a user are kept for a day after they were last seen", () => {
	const clock = new ManualClock();
	const lastSeen = new LastSeen(clock);
	lastSeen.record(ADA, "192.0.2.1");
	clock.advance(20 * HOUR_MS);
	lastSeen.record(ADA, "192.0.2.2");
	clock.advance(24 * HOUR_MS);
	assert.deepEqual(lastSeen.of("ada"), { name: "Ada", addresses: ["192.0.2.1", "192.0.2.2"] });
	clock.advance(1);
	assert.equal(lastSeen.of("ada"), undefined);
});

test("A2 the users, and the addresses of each, are bounded", () => {
	const lastSeen = new LastSeen(new ManualClock(), 2);
	for (const user of [ADA, BEN, ADA, CEM]) lastSeen.record(user, "192.0.2.1");
	assert.deepEqual(
		[ADA, BEN, CEM].map(({ id }) => lastSeen.of(id)?.name),
		["Ada", undefined, "Cem"],
	);
	for (let host = 1; host <= 20; host++) lastSeen.record(ADA, `192.0.2.${host}`);
	const { addresses = [] } = lastSeen.of("ada") ?? {};
	assert.deepEqual([addresses.length, addresses[0], addresses.at(-1)], [16, "192.0.2.5", "192.0.2.20"]);
});
