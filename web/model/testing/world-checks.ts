import assert from "node:assert/strict";
import type { Message } from "../../../app/protocol/message.ts";
import type { MessageItem } from "../item.ts";
import { ME, OTHER, type SimulatedWorld } from "./simulated-world.ts";

/** Every text begins with the two words that identify its message; an edit changes the rest. */
export function idOf(text: string): string {
	return text.split(" ", 2).join(" ");
}

/** Asserts that no message is drawn twice, and that the log is drawn in order and without gaps. */
export function checkScreen(world: SimulatedWorld): void {
	const drawn = world.items;
	const ids = drawn.map(({ content }) => idOf(content.body!));
	assert.equal(new Set(ids).size, ids.length, `twice on screen: ${ids.join(", ")}`);
	assert.equal(new Set(drawn.map(({ key }) => key)).size, drawn.length, "a key twice");
	const stored = drawn.filter(({ state, seq }) => state === "stored" && seq !== undefined);
	for (const { reactions = [] } of drawn) {
		for (const { count, users = [], mine } of reactions) {
			assert.equal(count, users.length, "a reaction is counted wrongly");
			assert.equal(new Set(users.map(({ id }) => id)).size, users.length, "a person reacts twice with one emoji");
			assert.equal(
				users.some(({ id }) => id === ME.id),
				mine === true,
				"an own reaction is not marked",
			);
		}
	}
	if (!world.room.hasNewer.peek()) checkWritten(world, ids, stored[0]?.seq ?? Number.POSITIVE_INFINITY);
	const others = stored.filter(({ mine }) => !mine).map(({ seq }) => seq!);
	const last = others.at(-1) ?? 0;
	for (const { author, seq } of world.log.messages) {
		const isBetween = author.id === OTHER.id && seq >= (others[0] ?? 1) && seq <= last;
		if (isBetween) assert.ok(others.includes(seq), `a gap at ${seq}`);
	}
	assert.deepEqual(
		others,
		others.toSorted((a, b) => a - b),
	);
}

function checkWritten(world: SimulatedWorld, ids: string[], first: number): void {
	const inLog = new Map(world.log.messages.map(({ seq, body }) => [idOf(body!), seq]));
	const isSending = world.items.some(({ state }) => state === "queued" || state === "sending");
	for (const id of world.intentions.written) {
		const isOlder = (inLog.get(id) ?? Number.POSITIVE_INFINITY) < first;
		// A message of an earlier page is held back while it may be the one that this page sends again.
		const mayBeHeld = !world.writtenHere.has(id) && inLog.has(id) && isSending;
		if (isOlder || mayBeHeld || world.intentions.isRemoved(id)) continue;
		assert.ok(ids.includes(id), `"${id}" was written and is not on screen: ${ids.join(", ")}`);
	}
}

/** Whether it replies to a message that was refused, and waits for that one, or to one that was removed, and is refused. */
export function isBlocked({ state, reply }: MessageItem): boolean {
	return (
		(state === "queued" && reply !== undefined && reply.seq === undefined) ||
		(state === "failed" && reply?.state === "removed")
	);
}

/** The parts of a message that a user sees, in a form that can be compared. */
export function visible({ seq, author, body, reactions = [], editedAt, pinned, replies = 0 }: Message) {
	return {
		seq,
		author: author.id,
		body,
		editedAt,
		pinned: pinned === true,
		replies,
		reactions: reactions
			.map(({ emoji, count, users = [], mine }) => [
				emoji,
				count,
				mine === true,
				users
					.map(({ id }) => id)
					.sort()
					.join(),
			])
			.sort((a, b) => (a[0]! < b[0]! ? -1 : 1)),
	};
}
