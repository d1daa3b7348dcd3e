import type { DatabaseSync } from "node:sqlite";
import { REACTION_KINDS, REACTION_USERS } from "../../protocol/limits.ts";
import type { Reaction } from "../../protocol/reaction.ts";
import type { User } from "../../protocol/session.ts";
import type { Append } from "../../room/ports/log.ts";
import type { ReactionKind } from "../../room/ports/reactions.ts";
import type { AppendResult } from "../append-result.ts";
import type { AppendRoom } from "./append-room.ts";
import type { EntryWriter } from "./entries.ts";
import type { StateWriter } from "./message-states.ts";

/** Returns a function that appends a reaction. */
export function reactionAppender(db: DatabaseSync, entries: EntryWriter, states: StateWriter) {
	const isReacting = db.prepare(
		"SELECT 1 FROM reactions WHERE room_id = ? AND target = ? AND emoji = ? AND user_id = ?",
	);
	const hasKind = db.prepare("SELECT 1 FROM reactions WHERE room_id = ? AND target = ? AND emoji = ? LIMIT 1");
	const countKinds = db.prepare(
		"SELECT count(DISTINCT emoji) AS kinds FROM reactions WHERE room_id = ? AND target = ?",
	);
	const insert = db.prepare(
		"INSERT INTO reactions (room_id, target, emoji, user_id, user_name, seq) VALUES (?, ?, ?, ?, ?, ?)",
	);
	const remove = db.prepare("DELETE FROM reactions WHERE room_id = ? AND target = ? AND emoji = ? AND user_id = ?");

	function isFull(room: AppendRoom, target: number, emoji: string): boolean {
		if (hasKind.get(room.id, target, emoji)) return false;
		return Number(countKinds.get(room.id, target)?.kinds) >= REACTION_KINDS;
	}

	return (room: AppendRoom, reaction: Append & { kind: "reaction" }): AppendResult => {
		const { target, user, clientId, emoji, on } = reaction;
		const repeat = entries.repeatOf(user.id, clientId);
		if (repeat) return repeat;
		const message = entries.targetOf(room, target);
		if (message?.kind !== "message") return "missing";
		const isOn = isReacting.get(room.id, target, emoji, user.id) !== undefined;
		if (on === isOn) return entries.positionOf(room, message.rev);
		if (on && isFull(room, target, emoji)) return "full";
		const seq = entries.insertChange(room, reaction);
		if (on) insert.run(room.id, target, emoji, user.id, user.name, seq);
		else remove.run(room.id, target, emoji, user.id);
		states.setRev(room, target, seq);
		return seq;
	};
}

type KindRow = { target: number; emoji: string; count: number; mine: number };

/** Functions that read reactions. */
export function reactionReader(db: DatabaseSync) {
	const kindsOf = db.prepare(`
		SELECT target, emoji, count(*) AS count, max(user_id = ?) AS mine
		FROM reactions
		WHERE room_id = ? AND target IN (SELECT value FROM json_each(?))
		GROUP BY target, emoji
		ORDER BY target, min(seq)
	`);
	const usersOf = db.prepare(`
		SELECT user_id AS id, user_name AS name
		FROM reactions
		WHERE room_id = ? AND target = ? AND emoji = ?
		ORDER BY seq LIMIT ${REACTION_USERS}
	`);
	const isReacting = db.prepare(`
		SELECT 1 FROM reactions
		WHERE room_id = (SELECT id FROM rooms WHERE name = ?) AND target = ? AND emoji = ? AND user_id = ?
	`);

	return {
		/** Returns the reactions to messages, by their `seq`. */
		reactionsTo(roomId: number, messages: readonly number[], viewer = ""): Map<number, Reaction[]> {
			const kinds = kindsOf.all(viewer, roomId, JSON.stringify(messages)) as KindRow[];
			const reactions = Map.groupBy(kinds, ({ target }) => target);
			return new Map(
				[...reactions].map(([target, kinds]) => [
					target,
					kinds.map(({ emoji, count, mine }) => {
						const users = usersOf.all(roomId, target, emoji).map((user) => ({ ...user }) as User);
						return { emoji, count, users, ...(mine && { mine: true as const }) };
					}),
				]),
			);
		},
		/** Returns those of `kinds` with which the user reacts. */
		reactionsOf: (user: string, room: string, kinds: readonly ReactionKind[]): ReactionKind[] =>
			kinds.filter(({ target, emoji }) => isReacting.get(room, target, emoji, user)),
	};
}

export type ReactionReader = ReturnType<typeof reactionReader>;
