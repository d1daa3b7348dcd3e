import type { DatabaseSync } from "node:sqlite";
import { StepSize } from "../step-size.ts";
import { ERASE_EDITS } from "./erasure.ts";
import { transaction } from "./transaction.ts";

/** Maximum entries or reactions that one step deletes, so that a commit never waits long behind it. */
export const STEP_ENTRIES = 500;
/** Maximum rooms that one step reads. */
const STEP_ROOMS = 500;

/** The progress of a pruning. `room` is the id of the room with which the next step continues; undefined after the last step. */
export type PruneStep = { pruned: number; room: number | undefined };

/** The writer thread's calls for retention: one step each, so that commits run in between. */
export function retentionCalls(db: DatabaseSync) {
	const roomsFrom = db.prepare(
		"SELECT id, seq, floor FROM rooms WHERE id >= ? AND name IS NOT NULL ORDER BY id LIMIT ?",
	);
	const firstKept = db.prepare(
		"SELECT min(seq) AS seq FROM (SELECT seq, created_at FROM entries WHERE room_id = ? AND seq > ? ORDER BY seq LIMIT ?) WHERE created_at >= ?",
	);
	// The edits of pruned messages that are themselves young enough to stay.
	const eraseLaterEdits = db.prepare(`
		${ERASE_EDITS}
		WHERE room_id = $room AND seq IN (
			SELECT text_seq FROM message_states WHERE room_id = $room AND seq <= $upTo AND text_seq > $upTo
		)
	`);
	const deleteStatesUpTo = db.prepare("DELETE FROM message_states WHERE room_id = ? AND seq <= ?");
	const deleteReactions = reactionDeleter(db);
	const deleteUpTo = db.prepare("DELETE FROM entries WHERE room_id = ? AND seq <= ?");
	const raiseFloor = db.prepare("UPDATE rooms SET floor = ? WHERE id = ?");

	const renew = db.prepare(
		"UPDATE rooms SET created_at = ? WHERE seq = 0 AND created_at < ? AND name IN (SELECT value FROM json_each(?))",
	);
	const lastOfStep = db.prepare("SELECT max(id) AS id FROM (SELECT id FROM rooms WHERE id >= ? ORDER BY id LIMIT ?)");
	const deleteEmpty = db.prepare(`
		DELETE FROM rooms
		WHERE id BETWEEN ? AND ? AND seq = 0 AND created_at < ? AND name NOT IN (SELECT value FROM json_each(?))
	`);

	const dropRevocations = db.prepare("DELETE FROM revoked_sessions WHERE expires_at < ?");
	const dropSessions = db.prepare("DELETE FROM sessions WHERE expires_at < ?");
	const dropCodes = db.prepare("DELETE FROM sign_in_codes WHERE expires_at < ?");
	const dropBans = db.prepare("DELETE FROM bans WHERE ends_at < ?");

	const size = new StepSize();

	function prune(room: number, upTo: number): void {
		eraseLaterEdits.run({ room, upTo });
		deleteStatesUpTo.run(room, upTo);
		deleteUpTo.run(room, upTo);
		raiseFloor.run(upTo, room);
	}

	return {
		/**
		 * Deletes some entries older than `before` at the beginnings of logs. A log has no holes: entries after one that is
		 * kept are kept as well, whatever their time. The reactions to a message are deleted before it.
		 */
		pruneStep(before: number, from: number): PruneStep {
			const began = performance.now();
			const most = size.entries;
			const step = transaction(db, "BEGIN IMMEDIATE", () => {
				let pruned = 0;
				let reactionsLeft = most;
				const rooms = roomsFrom.all(from, STEP_ROOMS) as { id: number; seq: number; floor: number }[];
				for (const { id, seq, floor } of rooms) {
					const left = most - pruned;
					const kept = firstKept.get(id, floor, left, before) as { seq: number | null };
					const upTo = kept.seq === null ? Math.min(seq, floor + left) : kept.seq - 1;
					if (upTo > floor) {
						reactionsLeft -= deleteReactions(id, upTo, reactionsLeft);
						if (reactionsLeft === 0) return { pruned, room: id };
						prune(id, upTo);
						pruned += upTo - floor;
					}
					if (pruned === most) return { pruned, room: id };
				}
				return { pruned, room: rooms.length === STEP_ROOMS ? rooms.at(-1)!.id + 1 : undefined };
			});
			size.took(performance.now() - began, step.pruned);
			return step;
		},

		/**
		 * Deletes some rooms without entries. `kept` is a JSON array of the names of rooms that stay, and that count as created
		 * at `now`.
		 */
		pruneEmptyStep(before: number, kept: string, now: number, from: number): PruneStep {
			if (from === 0) renew.run(now, now, kept);
			const { id } = lastOfStep.get(from, STEP_ROOMS) as { id: number | null };
			if (id === null) return { pruned: 0, room: undefined };
			return { pruned: Number(deleteEmpty.run(from, id, before, kept).changes), room: id + 1 };
		},

		/** Deletes the revocations, bans, sessions and sign-in links that ended before `before`. */
		dropEnded(before: number): void {
			transaction(db, "BEGIN IMMEDIATE", () => {
				for (const drop of [dropRevocations, dropSessions, dropCodes, dropBans]) drop.run(before);
			});
		},
	};
}

/** Returns a function that deletes up to `limit` reactions to messages up to a `seq`, and returns their number. */
export function reactionDeleter(db: DatabaseSync): (room: number, upTo: number, limit: number) => number {
	const deleteSome = db.prepare(`
		DELETE FROM reactions
		WHERE room_id = $room AND (target, emoji, user_id) IN (
			SELECT target, emoji, user_id FROM reactions
			WHERE room_id = $room AND target <= $upTo
			LIMIT $limit
		)
	`);
	return (room, upTo, limit) => Number(deleteSome.run({ room, upTo, limit }).changes);
}
