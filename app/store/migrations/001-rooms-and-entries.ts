/**
 * `entries` is both the log and the current state of its messages: a removal appends its own entry and empties the
 * message's. A room whose `name` is null has been removed, and its entries are being deleted.
 *
 * Rows of `entries` are in the order in which they were written, and not room by room: an insertion between rows makes
 * SQLite move some to other pages, and even with `secure_delete` it leaves copies of them in the former pages.
 */
export const roomsAndEntries = `
CREATE TABLE rooms (
	id         INTEGER PRIMARY KEY,
	name       TEXT UNIQUE,
	epoch      TEXT NOT NULL,
	seq        INTEGER NOT NULL DEFAULT 0,
	floor      INTEGER NOT NULL DEFAULT 0,
	created_at INTEGER NOT NULL,
	active_at  INTEGER NOT NULL
) STRICT;
CREATE INDEX rooms_by_activity ON rooms (active_at DESC) WHERE name IS NOT NULL;

CREATE TABLE entries (
	id          INTEGER PRIMARY KEY,
	room_id     INTEGER NOT NULL REFERENCES rooms (id),
	seq         INTEGER NOT NULL,
	-- 'message', 'removal', or 'erased': a message that was taken back.
	kind        TEXT NOT NULL,
	created_at  INTEGER NOT NULL,
	author_id   TEXT,
	author_name TEXT,
	client_id   TEXT,
	body        TEXT,
	latitude    REAL,
	longitude   REAL,
	accuracy    REAL,
	-- A removal's: the seq of the message that it takes back.
	target      INTEGER,
	-- An erased message's: the seq of the removal that took it back.
	removed_by  INTEGER
) STRICT;
CREATE UNIQUE INDEX entries_by_seq ON entries (room_id, seq);
CREATE UNIQUE INDEX entries_by_client_id ON entries (author_id, client_id) WHERE client_id IS NOT NULL;

CREATE TABLE revoked_sessions (
	id         TEXT PRIMARY KEY,
	expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX revoked_sessions_by_expiry ON revoked_sessions (expires_at);

CREATE TABLE meta (
	key   TEXT PRIMARY KEY,
	value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
`;
