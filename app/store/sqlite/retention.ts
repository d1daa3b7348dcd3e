import type { DatabaseSync } from "node:sqlite";
import type { NewAuditEntry } from "../../room/ports/audit.ts";
import { auditor } from "./moderation.ts";
import { transaction } from "./transaction.ts";

/** One step deletes at most so many entries and looks at so many rooms: a commit never waits long behind it. */
const STEP_ENTRIES = 500;
const STEP_ROOMS = 500;

/** How far a pruning has come; `room` is the id of the room to go on with, undefined at the end. */
export type PruneStep = { pruned: number; room: number | undefined };

/** What the writer's thread can be asked for about what is forgotten: a step at a time, so that commits come between. */
export function retention(db: DatabaseSync) {
	const roomsFrom = db.prepare(
		"SELECT id, seq, floor FROM rooms WHERE id >= ? AND name IS NOT NULL ORDER BY id LIMIT ?",
	);
	const firstKept = db.prepare(
		"SELECT min(seq) AS seq FROM (SELECT seq, created_at FROM entries WHERE room_id = ? AND seq > ? ORDER BY seq LIMIT ?) WHERE created_at >= ?",
	);
	const deleteUpTo = db.prepare("DELETE FROM entries WHERE room_id = ? AND seq <= ?");
	const raiseFloor = db.prepare("UPDATE rooms SET floor = ? WHERE id = ?");

	const makeAnew = db.prepare(
		"UPDATE rooms SET created_at = ? WHERE seq = 0 AND created_at < ? AND name IN (SELECT value FROM json_each(?))",
	);
	const lastOfStep = db.prepare("SELECT max(id) AS id FROM (SELECT id FROM rooms WHERE id >= ? ORDER BY id LIMIT ?)");
	const deleteEmpty = db.prepare(`
		DELETE FROM rooms
		WHERE id BETWEEN ? AND ? AND seq = 0 AND created_at < ? AND name NOT IN (SELECT value FROM json_each(?))
	`);

	const note = auditor(db);
	const hide = db.prepare("UPDATE rooms SET name = NULL WHERE name = ?");
	const removed = db.prepare("SELECT id FROM rooms WHERE name IS NULL LIMIT 1");
	const deleteSome = db.prepare(
		"DELETE FROM entries WHERE room_id = ? AND seq IN (SELECT seq FROM entries WHERE room_id = ? ORDER BY seq LIMIT ?)",
	);
	const deleteRoom = db.prepare("DELETE FROM rooms WHERE id = ?");

	return {
		/**
		 * Deletes some of the entries at the beginnings of logs that are older than `before`. A log keeps no hole: what
		 * stands behind an entry that is kept is kept as well, whatever the clock said when it was written.
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
		 * Deletes those of some rooms in which nothing was ever said; `kept` is a JSON array of the names of those that stay,
		 * and count as made at `now`.
		 */
		pruneEmptyStep(before: number, kept: string, now: number, from: number): PruneStep {
			if (from === 0) makeAnew.run(now, now, kept);
			const { id } = lastOfStep.get(from, STEP_ROOMS) as { id: number | null };
			if (id === null) return { pruned: 0, room: undefined };
			return { pruned: Number(deleteEmpty.run(from, id, before, kept).changes), room: id + 1 };
		},

		/** Takes a room out of sight at once; {@link clearStep} deletes what it leaves. Whether it was there. */
		hideRoom(name: string, audit?: NewAuditEntry): boolean {
			return transaction(db, "BEGIN IMMEDIATE", () => {
				const wasThere = Number(hide.run(name).changes) > 0;
				if (wasThere && audit) note(audit);
				return wasThere;
			});
		},

		/** Deletes some of what removed rooms have left; whether there may be more. */
		clearStep(): boolean {
			return transaction(db, "BEGIN IMMEDIATE", () => {
				const room = removed.get() as { id: number } | undefined;
				if (!room) return false;
				const { changes } = deleteSome.run(room.id, room.id, STEP_ENTRIES);
				if (Number(changes) < STEP_ENTRIES) deleteRoom.run(room.id);
				return true;
			});
		},
	};
}
