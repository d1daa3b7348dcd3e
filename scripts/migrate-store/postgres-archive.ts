import type { PoolClient } from "pg";
import type { RevokedSession } from "../../app/room/ports/accounts.ts";
import { openDatabase } from "../../app/store/postgres/open-database.ts";
import {
	ARCHIVED_COLUMNS,
	type Archive,
	type ArchivedRoom,
	type EntryValues,
	ROOM_TABLE_NAMES,
	ROOM_TABLES,
	type RoomTable,
	SMALL_TABLES,
	type WritableArchive,
} from "./archive.ts";

const MAX_CONNECTIONS = 2;

const PAGE_ENTRIES = 1_000;
const PAGE_ROOMS = 1_000;
const MARK = "copy_of";

const ROOMS = `
	SELECT id, name, epoch, seq, floor, created_at AS "createdAt", active_at AS "activeAt",
		kind, title, topic, shows_history::int AS "showsHistory", created_by AS "createdBy", people
	FROM hubbub.rooms WHERE id > $1 AND name IS NOT NULL ORDER BY id LIMIT ${PAGE_ROOMS}`;

const ENTRIES = `
	SELECT entry.* FROM hubbub.rooms AS room, LATERAL (
		SELECT ${ARCHIVED_COLUMNS.map((column) => (column === "is_on" ? "is_on::int" : column)).join(", ")}
		FROM hubbub.entries
		WHERE room_id = room.id AND seq > $2 ORDER BY seq LIMIT ${PAGE_ENTRIES}
	) AS entry
	WHERE room.name = $1 ORDER BY entry.seq`;

const ADD_ROOM = `
	INSERT INTO hubbub.rooms (
		name, epoch, seq, floor, created_at, active_at, kind, title, topic, shows_history, created_by, people
	) VALUES ($1, $2, $3, $3, $4, $5, $6, $7, $8, $9::int::boolean, $10, $11)`;

const ADD_ENTRIES = `
	WITH room AS (UPDATE hubbub.rooms SET seq = $2 WHERE name = $1 RETURNING id)
	INSERT INTO hubbub.entries (room_id, ${ARCHIVED_COLUMNS.join(", ")})
	SELECT room.id, ${ARCHIVED_COLUMNS.map((column) => `entry.${column}`).join(", ")}
	FROM room, jsonb_populate_recordset(NULL::hubbub.entries, $3) AS entry`;

const ADD_SESSIONS = `
	INSERT INTO hubbub.revoked_sessions
	SELECT * FROM jsonb_to_recordset($1) AS session (id text, "expiresAt" bigint) ON CONFLICT DO NOTHING`;

/** Returns SQL for a page of a room's rows: $1 is the room, and the key follows. */
function roomRows(table: RoomTable): string {
	const { columns, key } = ROOM_TABLES[table];
	return `
		SELECT ${columns.join(", ")} FROM hubbub.${table}
		WHERE room_id = (SELECT id FROM hubbub.rooms WHERE name = $1)
			AND (${key.join(", ")}) > (${key.map((_, index) => `$${index + 2}`).join(", ")})
		ORDER BY ${key.join(", ")} LIMIT ${PAGE_ENTRIES}`;
}

function addRoomRows(table: RoomTable): string {
	const { columns } = ROOM_TABLES[table];
	return `
		INSERT INTO hubbub.${table} (room_id, ${columns.join(", ")})
		SELECT room.id, ${columns.map((column) => `part.${column}`).join(", ")}
		FROM hubbub.rooms AS room, jsonb_populate_recordset(NULL::hubbub.${table}, $2) AS part
		WHERE room.name = $1
		ON CONFLICT DO NOTHING`;
}

const ROOM_PARTS = ROOM_TABLE_NAMES.map((table) => `hubbub.${table}`).join(", ");
const SMALL = Object.keys(SMALL_TABLES).map((table) => `hubbub.${table}`);

/** Continues the numbers of a table after the last copied one. */
const continueNumbers = (table: "audit" | "reports") => `
	SELECT setval(pg_get_serial_sequence('hubbub.${table}', 'id'), (SELECT max(id) FROM hubbub.${table}))
	WHERE EXISTS (SELECT FROM hubbub.${table})`;

export async function postgresSource(url: string): Promise<Archive> {
	return open(url, async (client) => {
		// The whole copy reads one snapshot.
		await client.query(`
			BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY;
			SET LOCAL idle_in_transaction_session_timeout = 0;
			SELECT FROM hubbub.meta`);
		return reading(client);
	});
}

export async function postgresTarget(url: string): Promise<WritableArchive> {
	return open(url, async (client) => ({
		...reading(client),
		async copyOf() {
			return (await client.query("SELECT value FROM hubbub.meta WHERE key = $1", [MARK])).rows[0]?.value;
		},
		async setCopyOf(source) {
			await client.query("DELETE FROM hubbub.meta WHERE key = $1", [MARK]);
			if (source !== undefined) await client.query("INSERT INTO hubbub.meta VALUES ($1, $2)", [MARK, source]);
		},
		async clear() {
			await client.query(
				`TRUNCATE ${ROOM_PARTS}, hubbub.search, hubbub.followers, hubbub.entries, hubbub.rooms, hubbub.revoked_sessions, ${SMALL.join(", ")}`,
			);
		},
		async headOf(room) {
			return (await client.query("SELECT seq FROM hubbub.rooms WHERE name = $1", [room])).rows[0]?.seq;
		},
		async addRoom({ name, epoch, floor, createdAt, activeAt, kind, title, topic, showsHistory, createdBy, people }) {
			const about = [kind, title, topic, showsHistory, createdBy, people];
			await client.query(ADD_ROOM, [name, epoch, floor, createdAt, activeAt, ...about]);
		},
		async addEntries(room, entries) {
			await client.query(ADD_ENTRIES, [room, entries.at(-1)![0], JSON.stringify(recordsOf(ARCHIVED_COLUMNS, entries))]);
		},
		async addRoomRows(table, room, rows) {
			await client.query(addRoomRows(table), [room, JSON.stringify(recordsOf(ROOM_TABLES[table].columns, rows))]);
		},
		async addRevokedSessions(sessions) {
			await client.query(ADD_SESSIONS, [JSON.stringify(sessions)]);
		},
		async replaceSmall(table, rows) {
			const columns = SMALL_TABLES[table];
			const names = columns.join(", ");
			await client.query("BEGIN");
			await client.query(`DELETE FROM hubbub.${table}`);
			await client.query(
				`INSERT INTO hubbub.${table} (${names})
				SELECT ${names} FROM jsonb_populate_recordset(NULL::hubbub.${table}, $1)`,
				[JSON.stringify(recordsOf(columns, rows))],
			);
			for (const numbered of ["audit", "reports"] as const) await client.query(continueNumbers(numbered));
			await client.query("COMMIT");
		},
	}));
}

/** Opens an archive on one connection, which it holds until it is closed. */
async function open<S extends Archive>(url: string, begin: (client: PoolClient) => Promise<S>): Promise<S> {
	const connections = await openDatabase(url, MAX_CONNECTIONS);
	const opened = Promise.withResolvers<S>();
	const closed = Promise.withResolvers<void>();
	const held = connections.use(async (client) => {
		const archive = await begin(client);
		opened.resolve(archive);
		await closed.promise;
		await client.query("ROLLBACK");
	});
	held.catch(opened.reject);
	const archive = await opened.promise.catch(async (error) => {
		await connections.close();
		throw error;
	});
	return {
		...archive,
		async close() {
			closed.resolve();
			await held.finally(() => connections.close());
		},
	};
}

function reading(client: PoolClient): Archive {
	return {
		async *rooms() {
			for (let after = 0, more = true; more; ) {
				const { rows } = await client.query<ArchivedRoom & { id: number }>(ROOMS, [after]);
				for (const { id, ...room } of rows) {
					yield room;
					after = id;
				}
				more = rows.length === PAGE_ROOMS;
			}
		},
		async entries(room, after) {
			return (await client.query<EntryValues>({ text: ENTRIES, values: [room, after], rowMode: "array" })).rows;
		},
		async roomRows(table, room, after) {
			const values = [room, ...after];
			return (await client.query<EntryValues>({ text: roomRows(table), values, rowMode: "array" })).rows;
		},
		async revokedSessions() {
			const columns = 'id, expires_at AS "expiresAt"';
			return (await client.query<RevokedSession>(`SELECT ${columns} FROM hubbub.revoked_sessions ORDER BY id`)).rows;
		},
		async smallTable(table) {
			const text = `SELECT ${SMALL_TABLES[table].join(", ")} FROM hubbub.${table}`;
			return (await client.query<EntryValues>({ text, rowMode: "array" })).rows;
		},
		close: async () => undefined,
	};
}

function recordsOf(columns: readonly string[], rows: EntryValues[]): object[] {
	return rows.map((row) => Object.fromEntries(columns.map((column, index) => [column, row[index]])));
}
