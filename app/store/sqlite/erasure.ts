import type { DatabaseSync } from "node:sqlite";
import type { AppendRoom } from "./append-room.ts";

/** Columns that `003-conversation` added: an older row grows by a byte for each when it is written again. */
const NEW_COLUMNS = 5;
/** Maximum bytes of `removed_by`. */
const REMOVED_BY_BYTES = 8;
/** The bytes by which 'erased' is longer than 'edit'. */
const KIND_BYTES = 2;

/**
 * Texts are overwritten in place, and no row grows: SQLite may move other rows, and leave copies, when a row does not fit
 * on its page any more. Returns SQL for a text of the same length, less the bytes by which other columns grow.
 */
function filler(lessBytes: number): string {
	return `substr(hex(zeroblob(octet_length(body))), 1, max(0, octet_length(body) - ${lessBytes}))`;
}

/** SQL that erases edits. */
export const ERASE_EDITS = `
	UPDATE entries
	SET kind = 'erased', author_name = NULL, mentions = NULL, body = ${filler(KIND_BYTES)}`;

/** Functions that erase texts within the current transaction. The write-ahead log has them until it is emptied. */
export function eraser(db: DatabaseSync) {
	const lastNarrow = Number(db.prepare("SELECT value FROM meta WHERE key = 'last_narrow_entry'").get()?.value);
	const eraseMessage = db.prepare(`
		UPDATE entries
		SET kind = 'erased', removed_by = ?, author_name = NULL, latitude = NULL, longitude = NULL, accuracy = NULL,
			mentions = NULL, body = ${filler(NEW_COLUMNS + REMOVED_BY_BYTES)}
		WHERE room_id = ? AND seq = ?
	`);
	const overwrite = db.prepare(`
		UPDATE entries
		SET mentions = NULL, body = ${filler(NEW_COLUMNS)}
		WHERE room_id = ? AND seq = ?
	`);
	const eraseEdit = db.prepare(`${ERASE_EDITS} WHERE room_id = ? AND seq = ?`);
	// A row of the former schema with so short a text that it would grow moves to the end, where it pushes no other row.
	const moveShort = db.prepare(`
		UPDATE entries
		SET id = (SELECT max(id) + 1 FROM entries)
		WHERE room_id = ? AND seq = ? AND id <= ${lastNarrow}
			AND octet_length(body) + ? * octet_length(author_name) < ?
	`);

	return {
		/** Erases a message's text, which the entry `text` has: the message itself or an edit of it. */
		eraseText(room: AppendRoom, message: number, text: number): void {
			if (text !== message) {
				eraseEdit.run(room.id, text);
				return;
			}
			moveShort.run(room.id, message, 0, NEW_COLUMNS);
			overwrite.run(room.id, message);
		},
		/** Erases a message that the removal `removedBy` takes back, with its text. */
		eraseMessage(room: AppendRoom, message: number, text: number, removedBy: number): void {
			if (text !== message) eraseEdit.run(room.id, text);
			moveShort.run(room.id, message, 1, NEW_COLUMNS + REMOVED_BY_BYTES);
			eraseMessage.run(removedBy, room.id, message);
		},
	};
}

export type Eraser = ReturnType<typeof eraser>;
