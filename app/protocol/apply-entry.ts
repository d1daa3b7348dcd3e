import { REACTION_USERS } from "./limits.ts";
import type { Entry } from "./log.ts";
import type { Message } from "./message.ts";
import type { Reaction } from "./reaction.ts";

/**
 * Returns the message after an entry of its room: the same object where the entry does not change it, or is older than its
 * state (rule C1), and undefined where the entry removes it. `viewer` is the user whose reactions are `mine`.
 */
export function applyEntry(message: Message, entry: Entry, viewer?: string): Message | undefined {
	if (entry.seq <= message.rev) return message;
	const { seq: rev } = entry;
	switch (entry.kind) {
		case "message":
		// A reply that was removed later: the thread has it until the removal.
		case "erased":
			return entry.root === message.seq ? withReplies(message, rev, 1) : message;
		case "removal":
			if (entry.target === message.seq) return undefined;
			return entry.root === message.seq ? withReplies(message, rev, -1) : message;
		case "member":
		case "room":
			return message;
	}
	if (entry.target !== message.seq) return message;
	switch (entry.kind) {
		case "edit": {
			const { mentions: _, location: __, ...rest } = message;
			const { body, mentions, createdAt: editedAt } = entry;
			return { ...rest, rev, body, editedAt, ...(mentions && { mentions }) };
		}
		case "pin": {
			const { pinned: _, ...rest } = message;
			return { ...rest, rev, ...(entry.on && { pinned: true as const }) };
		}
		case "reaction": {
			const { reactions: before = [], ...rest } = message;
			const reactions = withReaction(before, entry, viewer);
			return { ...rest, rev, ...(reactions.length > 0 && { reactions }) };
		}
		default:
			// A kind of a later version.
			return message;
	}
}

/** Returns the message that an entry appended, in its first state. */
export function initialMessage({ kind: _, ...message }: Entry & { kind: "message" }): Message {
	return { ...message, rev: message.seq };
}

/** Returns the seqs of the messages that an entry may change: the one that it names, and the first one of its thread. */
export function changedBy(entry: Entry): number[] {
	const seqs = "target" in entry ? [entry.target] : [];
	return "root" in entry && entry.root !== undefined ? [...seqs, entry.root] : seqs;
}

function withReplies({ replies: before = 0, ...message }: Message, rev: number, change: 1 | -1): Message {
	const replies = before + change;
	return { ...message, rev, ...(replies > 0 && { replies }) };
}

function withReaction(
	reactions: readonly Reaction[],
	{ user, emoji, on }: Entry & { kind: "reaction" },
	viewer: string | undefined,
): Reaction[] {
	const known = reactions.find((reaction) => reaction.emoji === emoji);
	const { count = 0, users = [], mine } = known ?? {};
	const isMine = user.id === viewer ? on : mine === true;
	const others = users.filter(({ id }) => id !== user.id);
	const changed: Reaction = {
		emoji,
		count: count + (on ? 1 : -1),
		users: on && others.length < REACTION_USERS ? [...others, user] : others,
		...(isMine && { mine: true }),
	};
	if (!known) return on ? [...reactions, changed] : [...reactions];
	return reactions.flatMap((reaction) => (reaction !== known ? [reaction] : changed.count > 0 ? [changed] : []));
}
