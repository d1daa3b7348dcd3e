import assert from "node:assert/strict";
import { test } from "node:test";
import { headroomSentence } from "./headroom-sentence.ts";

const LOAD = { connections: 1, entriesPerS: 0, cpuCores: 0, lagMs: 1, memoryBytes: 1 };
const DAY = { ...LOAD, connections: 4_500, minutes: 1_440 };

test("H1 the headroom is one sentence, also before the capacity is measured", () => {
	assert.equal(
		headroomSentence({ now: LOAD, day: DAY, capacity: { users: 18_000, messagesPerS: 600, measuredAt: 1 } }),
		"1 connection now, 4,500 at most in the last day. The chat holds about 18,000: 25 % of that was in use at most.",
	);
	assert.match(
		headroomSentence({ now: LOAD, day: DAY }),
		/is not known: npm run load -- --find-capacity measures it\.$/,
	);
});
