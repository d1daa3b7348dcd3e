import type { DatabaseSync, StatementSync } from "node:sqlite";
import type { NewAuditEntry } from "../../room/ports/audit.ts";
import type { StoredRoom } from "../../room/ports/rooms.ts";
import { newEpoch } from "../new-epoch.ts";
import { auditor } from "./audit.ts";
import { reactionDeleter, STEP_ENTRIES } from "./retention.ts";
import { transaction } from "./transaction.ts";

/** Returns a function that creates a room with an empty log, unless it exists. `now` is in milliseconds since 1970. */
export function roomCreator(db: DatabaseSync): (name: string, now: number) => void {
	const insert = db.prepare(
		"INSERT INTO rooms (name, epoch, created_at, active_at) VALUES (?, ?, ?, ?) ON CONFLICT (name) DO NOTHING",
	);
	return (name, now) => {
		insert.run(name, newEpoch(), now, now);
	};
}

/** Returns a function that gives a room another epoch if it still has this one. */
export function epochRenewer(db: DatabaseSync): (room: string, epoch: string) => void {
	const renew = db.prepare("UPDATE rooms SET epoch = ? WHERE name = ? AND epoch = ?");
	return (room, epoch) => void renew.run(newEpoch(), room, epoch);
}

/** Returns a function that lists rooms, newest activity first, and those without entries after all others. */
export function roomLister(db: DatabaseSync) {
	const [used, empty] = ["seq > 0", "seq = 0"].map((condition) =>
		db.prepare(`
			SELECT name AS room, active_at AS lastActiveAt FROM rooms
			WHERE name IS NOT NULL AND kind = 'open' AND ${condition}
			ORDER BY active_at DESC LIMIT ?
		`),
	) as [StatementSync, StatementSync];
	return (limit: number): StoredRoom[] => {
		const first = used.all(limit).map((row) => ({ ...row }) as unknown as StoredRoom);
		const rest = empty.all(limit - first.length).map((row) => ({ ...row, isEmpty: true }) as unknown as StoredRoom);
		return [...first, ...rest];
	};
}

/** The writer thread's calls for the removal of a room. */
export function roomRemover(db: DatabaseSync) {
	const record = auditor(db);
	const hide = db.prepare("UPDATE rooms SET name = NULL, title = NULL, topic = NULL, people = NULL WHERE name = ?");
	const removed = db.prepare("SELECT id FROM rooms WHERE name IS NULL LIMIT 1");
	const deleteReactions = reactionDeleter(db);
	const [deleteStates, deleteEntries] = ["message_states", "entries"].map((table) =>
		db.prepare(`
			DELETE FROM ${table}
			WHERE room_id = $room AND seq IN (SELECT seq FROM ${table} WHERE room_id = $room ORDER BY seq LIMIT $limit)
		`),
	) as [StatementSync, StatementSync];
	const deleteMarks = db.prepare(`
		DELETE FROM read_marks
		WHERE room_id = $room AND user_id IN (SELECT user_id FROM read_marks WHERE room_id = $room LIMIT $limit)
	`);
	const deleteMembers = db.prepare("DELETE FROM members WHERE room_id = ?");
	const deleteRoom = db.prepare("DELETE FROM rooms WHERE id = ?");

	return {
		/** Hides a room at once; `clearStep` deletes its entries. Returns whether the room existed. */
		hideRoom(name: string, audit?: NewAuditEntry): boolean {
			return transaction(db, "BEGIN IMMEDIATE", () => {
				const existed = Number(hide.run(name).changes) > 0;
				if (existed && audit) record(audit);
				return existed;
			});
		},

		/** Deletes some entries of hidden rooms, after what belongs to them. Returns whether there may be more. */
		clearStep(): boolean {
			return transaction(db, "BEGIN IMMEDIATE", () => {
				const room = removed.get() as { id: number } | undefined;
				if (!room) return false;
				const some = { room: room.id, limit: STEP_ENTRIES };
				deleteMembers.run(room.id);
				if (deleteReactions(room.id, Number.MAX_SAFE_INTEGER, STEP_ENTRIES) === STEP_ENTRIES) return true;
				if (Number(deleteMarks.run(some).changes) === STEP_ENTRIES) return true;
				if (Number(deleteStates.run(some).changes) === STEP_ENTRIES) return true;
				if (Number(deleteEntries.run(some).changes) < STEP_ENTRIES) deleteRoom.run(room.id);
				return true;
			});
		},
	};
}
