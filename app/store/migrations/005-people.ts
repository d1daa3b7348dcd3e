/** Roles, who may come in, and invitations. */
export const people = `
CREATE TABLE people (
	user_id TEXT PRIMARY KEY,
	-- The name at the last change.
	name    TEXT,
	-- 'owner', 'moderator', 'member' or 'guest'; null after a removal.
	role    TEXT,
	since   INTEGER NOT NULL,
	-- Ascending over the changes of all people: other processes read those after the last one that they know.
	rev     INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX people_by_rev ON people (rev);
CREATE INDEX people_owners ON people (role) WHERE role = 'owner';

CREATE TABLE chat_settings (
	key   TEXT PRIMARY KEY,
	value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE invitations (
	id         TEXT PRIMARY KEY,
	-- SHA-256 of the code, hex. The code is stored nowhere.
	code_hash  TEXT NOT NULL UNIQUE,
	room       TEXT,
	uses       INTEGER NOT NULL,
	used       INTEGER NOT NULL DEFAULT 0,
	created_at INTEGER NOT NULL,
	expires_at INTEGER NOT NULL,
	by_id      TEXT,
	by_name    TEXT
) STRICT, WITHOUT ROWID;

CREATE TABLE invitation_uses (
	invitation_id TEXT NOT NULL,
	user_id       TEXT NOT NULL,
	name          TEXT NOT NULL,
	used_at       INTEGER NOT NULL,
	PRIMARY KEY (invitation_id, user_id)
) STRICT, WITHOUT ROWID;
`;
