/**
 * The files of messages. `state` is one of:
 * - `uploading`: `bytes` are reserved.
 * - `stored`: the content is stored, and no message has it yet.
 * - `bound`: the message `seq` of the room has it.
 * - `removed`: the content is to be deleted.
 * - `gone`: the content is deleted. The row counts for a day in the sum of its person.
 *
 * Rows are appended, and have an id of their own, so that SQLite seldom moves them and leaves no copies of names.
 */
export const files = `
CREATE TABLE files (
	id         INTEGER PRIMARY KEY,
	file       TEXT NOT NULL UNIQUE,
	state      TEXT NOT NULL,
	-- No reference: the rooms of removed files are deleted.
	room_id    INTEGER,
	user_id    TEXT NOT NULL,
	bytes      INTEGER NOT NULL,
	created_at INTEGER NOT NULL,
	seq        INTEGER,
	-- The place among the files of its message.
	position   INTEGER,
	-- As JSON, as messages have it.
	info       TEXT
) STRICT;
CREATE INDEX files_by_message ON files (room_id, seq) WHERE seq IS NOT NULL;
CREATE INDEX files_by_state ON files (state, file, bytes);
CREATE INDEX files_by_user ON files (user_id, created_at, bytes);
`;
