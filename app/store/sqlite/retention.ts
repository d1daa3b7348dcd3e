import type { DatabaseSync } from "node:sqlite";
import { transaction } from "./transaction.ts";

/** Maximum entries that one step deletes and rooms that it reads, so that a commit never waits long behind it. */
export const STEP_ENTRIES = 500;
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

	return {
		/**
		 * Deletes some entries older than `before` at the beginnings of logs. A log has no holes: entries after one that is
		 * kept are kept as well, whatever their time.
		 */
		pruneStep(before: number, from: number): PruneStep {
			return transaction(db, "BEGIN IMMEDIATE", () => {
				let pruned = 0;
				const rooms = roomsFrom.all(from, STEP_ROOMS) as { id: number; seq: number; floor: number }[];
				for (const { id, seq, floor } of rooms) {
					const left = STEP_ENTRIES - pruned;
					const kept = firstKept.get(id, floor, left, before) as { seq: number | null };
					const upTo = kept.seq === null ? Math.min(seq, floor + left) : kept.seq - 1;
					if (upTo > floor) {
						deleteUpTo.run(id, upTo);
						raiseFloor.run(upTo, id);
						pruned += upTo - floor;
					}
					if (pruned === STEP_ENTRIES) return { pruned, room: id };
				}
				return { pruned, room: rooms.length === STEP_ROOMS ? rooms.at(-1)!.id + 1 : undefined };
			});
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
	};
}
