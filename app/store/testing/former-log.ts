import assert from "node:assert/strict";
import type { Store } from "../../room/ports/store.ts";
import {
	ADA,
	BEN,
	edit,
	MISSING,
	messageAt,
	pin,
	reaction,
	removal,
	removalBy,
	text,
	wholeLog,
} from "../contract/fixture.ts";

/** Asserts that the log of `formerLog` in the room "lobby" reads as before, and that its messages can be changed. */
export async function assertFormerLogWorks(store: Store): Promise<void> {
	const read = await wholeLog(store, "lobby");
	const sent = { createdAt: 1_000, author: ADA };
	assert.deepEqual(read.slice(0, 5), [
		{ kind: "message", seq: 1, ...sent, body: "one" },
		{ kind: "message", seq: 2, ...sent, author: BEN, body: "two" },
		{ kind: "erased", seq: 3, createdAt: 1_000 },
		{ kind: "message", seq: 4, ...sent, location: { latitude: 1.5, longitude: -2.25 } },
		{ kind: "removal", seq: 5, createdAt: 1_000, target: 3 },
	]);
	const head = read.length;
	const { messages } = await store.history("lobby", { limit: 3, before: 5 });
	assert.deepEqual(
		messages.map(({ seq, rev }) => [seq, rev]),
		[1, 2, 4].map((seq) => [seq, seq]),
	);
	const repeat = text("lobby", "again", { clientId: "client 1" });
	assert.deepEqual(await store.append([repeat, removal("lobby", 3), edit("lobby", 3, "x")]), [
		{ outcome: "repeated", seq: 1, createdAt: 1_000 },
		{ outcome: "repeated", seq: 5, createdAt: 1_000 },
		MISSING[0],
	]);
	const outcomes = await store.append([
		edit("lobby", 1, "uno"),
		reaction(BEN, "lobby", 1, "👍"),
		pin("lobby", 4),
		text("lobby", "to a removed one", { reply: 3 }),
		removalBy(BEN, "lobby", 2),
	]);
	assert.ok(outcomes.every(({ outcome }) => outcome === "appended"));
	assert.deepEqual(await messageAt(store, "lobby", 1), {
		...{ seq: 1, rev: head + 2, ...sent, body: "uno", editedAt: 3_000 },
		reactions: [{ emoji: "👍", count: 1, users: [BEN] }],
	});
	assert.equal((await messageAt(store, "lobby", 4))?.pinned, true);
	assert.equal((await messageAt(store, "lobby", head + 4))?.root, 3);
	assert.equal(await messageAt(store, "lobby", 2), undefined);
}
