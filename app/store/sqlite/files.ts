import type { DatabaseSync } from "node:sqlite";
import type { FileInfo } from "../../protocol/file.ts";
import type { FileBounds, FileRecord, NewFile, Reservation } from "../../room/ports/files.ts";
import { MESSAGE_COLUMNS, type MessageRow } from "../entry-row.ts";
import type { AppendRoom } from "./append-room.ts";
import { transaction } from "./transaction.ts";

const DAY_MS = 24 * 60 * 60 * 1_000;
const FILES = MESSAGE_COLUMNS.indexOf("files");

/** SQL for the columns of a message of `entry`. Its files are read apart: see {@link fileRowReader}. */
export const MESSAGE_COLUMNS_OF_ENTRY = MESSAGE_COLUMNS.map((column) =>
	column === "files" ? "NULL AS files" : `entry.${column}`,
).join(", ");

const REMOVE = "UPDATE files SET state = 'removed', room_id = NULL, seq = NULL, position = NULL, info = NULL";

/** Functions that read the files of messages. */
export function fileRowReader(db: DatabaseSync) {
	const between = db.prepare(
		"SELECT seq, info FROM files WHERE room_id = ? AND seq BETWEEN ? AND ? ORDER BY seq, position",
	);
	const hasFiles = db.prepare("SELECT 1 FROM files WHERE room_id = ? AND seq BETWEEN ? AND ? LIMIT 1");
	const ofPage = db.prepare(`
		SELECT file.seq, file.info
		FROM json_each(?) AS page
		CROSS JOIN files AS file ON file.room_id = ? AND file.seq = page.value
		ORDER BY file.seq, file.position
	`);
	between.setReturnArrays(true);
	ofPage.setReturnArrays(true);

	return {
		/** Returns the files of the messages in a part of a log. */
		filesBetween: (roomId: number, first: number, last: number) => bySeq(between.all(roomId, first, last)),
		/** Returns the files of the messages of ascending rows. */
		filesOf(roomId: number, rows: readonly MessageRow[]): Map<number, FileInfo[]> {
			if (!hasFiles.get(roomId, rows[0]![0], rows.at(-1)![0])) return new Map();
			return bySeq(ofPage.all(JSON.stringify(rows.map(([seq]) => seq)), roomId));
		},
	};
}

function bySeq(rows: unknown): Map<number, FileInfo[]> {
	const found = new Map<number, FileInfo[]>();
	for (const [seq, info] of rows as [number, string][])
		found.set(seq, [...(found.get(seq) ?? []), JSON.parse(info) as FileInfo]);
	return found;
}

export function withFiles(row: MessageRow, files: FileInfo[] | undefined): MessageRow {
	return files ? (row.with(FILES, files) as MessageRow) : row;
}

/** Functions on the files of messages, within the current transaction. */
export function fileBinder(db: DatabaseSync) {
	const bindable = db.prepare(
		"SELECT info FROM files WHERE file = ? AND state = 'stored' AND room_id = ? AND user_id = ?",
	);
	const bind = db.prepare("UPDATE files SET state = 'bound', seq = ?, position = ? WHERE file = ?");
	const removeOf = db.prepare(`${REMOVE} WHERE room_id = ? AND seq = ?`);

	return {
		/** Returns the files, if a message of this user in this room may have all of them. */
		bindable({ id }: AppendRoom, userId: string, files: readonly string[]): FileInfo[] | undefined {
			const rows = files.map((file) => bindable.get(file, id, userId) as { info: string } | undefined);
			return rows.every((row) => row !== undefined) ? rows.map(({ info }) => JSON.parse(info)) : undefined;
		},
		bind(seq: number, files: readonly string[]): void {
			for (const [position, file] of files.entries()) bind.run(seq, position, file);
		},
		/** Removes the files of a message. */
		removeOf: ({ id }: AppendRoom, seq: number) => void removeOf.run(id, seq),
	};
}

export type FileBinder = ReturnType<typeof fileBinder>;

/** The writer thread's calls for files. */
export function fileCalls(db: DatabaseSync) {
	const roomId = db.prepare("SELECT id FROM rooms WHERE name = ?");
	const all = db.prepare(
		"SELECT coalesce(sum(bytes), 0) AS bytes FROM files WHERE state IN ('uploading', 'stored', 'bound', 'removed')",
	);
	const ofUser = db.prepare("SELECT coalesce(sum(bytes), 0) AS bytes FROM files WHERE user_id = ? AND created_at > ?");
	const insert = db.prepare(`
		INSERT INTO files (file, state, room_id, user_id, bytes, created_at) VALUES (?, 'uploading', ?, ?, ?, ?)
	`);
	const store = db.prepare(`
		UPDATE files SET state = 'stored', bytes = ?, info = ?
		WHERE file = ? AND state = 'uploading' AND room_id IN (SELECT id FROM rooms WHERE name IS NOT NULL)
	`);
	const release = db.prepare(`${REMOVE}, bytes = ? WHERE file = ? AND state = 'uploading'`);
	const expire = db.prepare(`
		${REMOVE}
		WHERE (state = 'stored' AND created_at < ?) OR (state = 'uploading' AND created_at < ?)
	`);
	const orphans = db.prepare(`
		${REMOVE}
		WHERE state IN ('uploading', 'stored', 'bound') AND NOT EXISTS (
			SELECT 1 FROM rooms AS room
			WHERE room.id = files.room_id AND room.name IS NOT NULL AND (files.seq IS NULL OR files.seq > room.floor)
		)
	`);
	const forget = db.prepare(
		"UPDATE files SET state = 'gone' WHERE state = 'removed' AND file IN (SELECT value FROM json_each(?))",
	);
	const forgetOld = db.prepare("DELETE FROM files WHERE state = 'gone' AND created_at < ?");

	const bytesOf = (row: unknown) => (row as { bytes: number }).bytes;

	return {
		reserveFile({ id, room, userId, bytes, createdAt }: NewFile, { allBytes, dayBytes }: FileBounds): Reservation {
			return transaction(db, "BEGIN IMMEDIATE", () => {
				const found = roomId.get(room) as { id: number } | undefined;
				if (!found) return "missing";
				if (allBytes > 0 && bytesOf(all.get()) + bytes > allBytes) return "full";
				if (dayBytes > 0 && bytesOf(ofUser.get(userId, createdAt - DAY_MS)) + bytes > dayBytes) return "spent";
				insert.run(id, found.id, userId, bytes, createdAt);
				return "reserved";
			});
		},
		storeFile: (info: FileInfo): boolean => Number(store.run(info.bytes, JSON.stringify(info), info.id).changes) === 1,
		releaseFile: (id: string, bytes: number) => void release.run(bytes, id),
		expireFiles(storedBefore: number, uploadedBefore: number): void {
			transaction(db, "BEGIN IMMEDIATE", () => {
				expire.run(storedBefore, uploadedBefore);
				orphans.run();
			});
		},
		forgetFiles(ids: readonly string[], before: number): void {
			transaction(db, "BEGIN IMMEDIATE", () => {
				forget.run(JSON.stringify(ids));
				forgetOld.run(before);
			});
		},
	};
}

/** The reader thread's calls for files. */
export function fileReader(db: DatabaseSync) {
	const file = db.prepare(`
		SELECT file.info, room.name AS room, file.user_id AS userId, file.state
		FROM files AS file
		JOIN rooms AS room ON room.id = file.room_id
		WHERE file.file = ? AND file.state IN ('stored', 'bound') AND room.name IS NOT NULL
			AND (file.seq IS NULL OR file.seq > room.floor)
	`);
	const removed = db.prepare("SELECT file FROM files WHERE state = 'removed' LIMIT ?");
	const known = db.prepare(`
		SELECT file FROM files
		WHERE state IN ('uploading', 'stored', 'bound') AND file IN (SELECT value FROM json_each(?))
	`);
	const stored = db.prepare(`
		SELECT file FROM (
			SELECT file FROM files WHERE state = 'stored' AND file > $after
			UNION ALL
			SELECT file FROM files WHERE state = 'bound' AND file > $after
		)
		ORDER BY file LIMIT $limit
	`);
	const idsOf = (rows: unknown) => (rows as { file: string }[]).map((row) => row.file);

	return {
		file(id: string): FileRecord | undefined {
			const row = file.get(id) as { info: string; room: string; userId: string; state: string } | undefined;
			if (!row) return undefined;
			const { info, room, userId, state } = row;
			return { info: JSON.parse(info), room, userId, isBound: state === "bound" };
		},
		removedFiles: (limit: number) => idsOf(removed.all(limit)),
		knownFiles: (ids: readonly string[]) => idsOf(known.all(JSON.stringify(ids))),
		storedFiles: (after: string, limit: number) => idsOf(stored.all({ after, limit })),
	};
}
