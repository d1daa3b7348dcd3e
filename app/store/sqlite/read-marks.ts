import type { DatabaseSync } from "node:sqlite";
import type { ReadMove, ReadPlace } from "../../room/ports/read-marks.ts";
import { transaction } from "./transaction.ts";

/** Returns a function that reads marks, in the order of the places. */
export function readMarkReader(db: DatabaseSync) {
	const find = db.prepare(`
		SELECT mark.seq
		FROM rooms AS room JOIN read_marks AS mark ON mark.room_id = room.id
		WHERE room.name = ? AND room.epoch = ? AND mark.user_id = ?
	`);
	return (places: readonly ReadPlace[]): (number | undefined)[] =>
		places.map(({ room, epoch, user }) => find.get(room, epoch, user)?.seq as number | undefined);
}

/** The writer thread's calls for read marks. */
export function readMarkCalls(db: DatabaseSync) {
	const move = db.prepare(`
		INSERT INTO read_marks (room_id, user_id, seq, moved_at)
		SELECT id, $user, min($seq, seq), $movedAt FROM rooms
		WHERE name = $room AND epoch = $epoch AND seq > 0
		ON CONFLICT (room_id, user_id) DO UPDATE SET seq = excluded.seq, moved_at = excluded.moved_at
		WHERE $back OR excluded.seq > read_marks.seq
	`);
	const deleteStale = db.prepare(`
		DELETE FROM read_marks
		WHERE (room_id, user_id) IN (SELECT room_id, user_id FROM read_marks WHERE moved_at < ? LIMIT ?)
	`);

	return {
		moveReadMarks(moves: readonly ReadMove[]): void {
			transaction(db, "BEGIN IMMEDIATE", () => {
				for (const { room, epoch, user, seq, back = false, movedAt } of moves)
					move.run({ room, epoch, user, seq, back: Number(back), movedAt });
			});
		},
		/** Deletes up to `limit` marks. Returns their number. */
		pruneReadMarksStep: (before: number, limit: number) => Number(deleteStale.run(before, limit).changes),
	};
}
