import type { FileInfo } from "../../protocol/file.ts";
import type { FileBounds, FileRecord, NewFile, Reservation } from "../../room/ports/files.ts";
import type { Connections } from "./connections.ts";

/** SQL for the files of the message `entry`, in their order, or null. */
export const FILES_OF_ENTRY = `
	(
		SELECT jsonb_agg(file.info::jsonb ORDER BY file.position) FROM hubbub.files AS file
		WHERE file.room_id = entry.room_id AND file.seq = entry.seq
	) AS files`;

const REMOVE = "UPDATE hubbub.files SET state = 'removed', room_id = NULL, seq = NULL, position = NULL, info = NULL";

const STORE = `
	UPDATE hubbub.files AS file SET state = 'stored', bytes = $2, info = $3
	FROM hubbub.rooms AS room
	WHERE file.file = $1 AND file.state = 'uploading' AND room.id = file.room_id AND room.name IS NOT NULL
	RETURNING 1`;

const FIND = `
	SELECT file.info, room.name, file.user_id, file.state = 'bound'
	FROM hubbub.files AS file
	JOIN hubbub.rooms AS room ON room.id = file.room_id
	WHERE file.file = $1 AND file.state IN ('stored', 'bound') AND room.name IS NOT NULL
		AND (file.seq IS NULL OR file.seq > room.floor)`;

const EXPIRE = `
	${REMOVE}
	WHERE (state = 'stored' AND created_at < $1) OR (state = 'uploading' AND created_at < $2)`;

const REMOVE_ORPHANS = `
	${REMOVE}
	WHERE state IN ('uploading', 'stored', 'bound') AND NOT EXISTS (
		SELECT FROM hubbub.rooms AS room
		WHERE room.id = files.room_id AND room.name IS NOT NULL AND (files.seq IS NULL OR files.seq > room.floor)
	)`;

const KNOWN = `
	SELECT file FROM hubbub.files
	WHERE state IN ('uploading', 'stored', 'bound') AND file IN (SELECT jsonb_array_elements_text($1))`;

const STORED = `
	SELECT file FROM hubbub.files
	WHERE state IN ('stored', 'bound') AND file > $1
	ORDER BY file LIMIT $2`;

const FORGET = `
	UPDATE hubbub.files SET state = 'gone'
	WHERE state = 'removed' AND file IN (SELECT jsonb_array_elements_text($1))`;

/** Reserves bytes: see the function `reserve_file`. */
export async function reserveFile(
	connections: Connections,
	{ id, room, userId, bytes, createdAt }: NewFile,
	{ allBytes, dayBytes }: FileBounds,
): Promise<Reservation> {
	const [row] = await connections.query<[Reservation]>("SELECT hubbub.reserve_file($1, $2, $3, $4, $5, $6, $7)", [
		id,
		room,
		userId,
		bytes,
		createdAt,
		allBytes,
		dayBytes,
	]);
	return row![0];
}

export async function storeFile(connections: Connections, info: FileInfo): Promise<boolean> {
	return (await connections.query(STORE, [info.id, info.bytes, JSON.stringify(info)])).length === 1;
}

export async function releaseFile(connections: Connections, id: string, bytes: number): Promise<void> {
	await connections.query(`${REMOVE}, bytes = $2 WHERE file = $1 AND state = 'uploading'`, [id, bytes]);
}

export async function readFile(connections: Connections, id: string): Promise<FileRecord | undefined> {
	const [row] = await connections.query<[info: string, room: string, userId: string, isBound: boolean]>(FIND, [id]);
	if (!row) return undefined;
	const [info, room, userId, isBound] = row;
	return { info: JSON.parse(info), room, userId, isBound };
}

export async function expireFiles(connections: Connections, storedBefore: number, uploadedBefore: number) {
	await connections.query(EXPIRE, [storedBefore, uploadedBefore]);
	await connections.query(REMOVE_ORPHANS, []);
}

export function readRemovedFiles(connections: Connections, limit: number): Promise<string[]> {
	return readIds(connections, "SELECT file FROM hubbub.files WHERE state = 'removed' LIMIT $1", [limit]);
}

export async function forgetFiles(connections: Connections, ids: readonly string[], before: number): Promise<void> {
	await connections.query(FORGET, [JSON.stringify(ids)]);
	await connections.query("DELETE FROM hubbub.files WHERE state = 'gone' AND created_at < $1", [before]);
}

export function readKnownFiles(connections: Connections, ids: readonly string[]): Promise<string[]> {
	return readIds(connections, KNOWN, [JSON.stringify(ids)]);
}

export function readStoredFiles(connections: Connections, after: string, limit: number): Promise<string[]> {
	return readIds(connections, STORED, [after, limit]);
}

/** Returns the infos of the files that messages of these ids have. */
export async function readInfos(connections: Connections, ids: readonly string[]): Promise<Map<string, FileInfo>> {
	const rows = await connections.query<[id: string, info: string]>(
		"SELECT file, info FROM hubbub.files WHERE info IS NOT NULL AND file IN (SELECT jsonb_array_elements_text($1))",
		[JSON.stringify(ids)],
	);
	return new Map(rows.map(([id, info]) => [id, JSON.parse(info) as FileInfo]));
}

async function readIds(connections: Connections, statement: string, values: (string | number)[]): Promise<string[]> {
	return (await connections.query<[id: string]>(statement, values)).map(([id]) => id);
}
