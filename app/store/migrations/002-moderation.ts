/** Bans, closed rooms and the audit log. A room is closed by its name, whether it exists or not. */
export const moderation = `
CREATE TABLE bans (
	-- 'user' or 'address'.
	kind       TEXT NOT NULL,
	target     TEXT NOT NULL,
	-- The room that a user is kept out of; '' is the whole chat.
	room       TEXT NOT NULL,
	name       TEXT,
	-- Null where it does not end by itself.
	ends_at    INTEGER,
	created_at INTEGER NOT NULL,
	reason     TEXT,
	by_whom    TEXT,
	PRIMARY KEY (kind, target, room)
) STRICT, WITHOUT ROWID;

CREATE TABLE closed_rooms (
	room TEXT PRIMARY KEY
) STRICT, WITHOUT ROWID;

CREATE TABLE audit (
	id         INTEGER PRIMARY KEY,
	created_at INTEGER NOT NULL,
	act        TEXT NOT NULL,
	-- JSON.
	target     TEXT NOT NULL,
	reason     TEXT,
	by_whom    TEXT
) STRICT;
`;
