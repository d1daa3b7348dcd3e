import assert from "node:assert/strict";
import type { Store } from "../../room/ports/store.ts";
import { upTo, wholeLog } from "../contract/fixture.ts";
import type { Acked } from "./appending-child.ts";

/** Asserts that the rooms contain the acknowledged messages, each once, in one order without a hole, and nothing else. */
export async function assertHoldsExactly(store: Store, acked: readonly Acked[]): Promise<void> {
	for (const room of new Set(acked.map((each) => each.room))) {
		const entries = await wholeLog(store, room);
		const expected = acked.filter((each) => each.room === room).sort((a, b) => a.seq - b.seq);
		assert.deepEqual(
			expected.map(({ seq }) => seq),
			upTo(entries.length),
		);
		assert.deepEqual(
			expected.map(({ body }) => body),
			entries.map((entry) => entry.kind === "message" && entry.body),
		);
	}
}
