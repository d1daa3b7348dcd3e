/** Reports of messages by users. */
export const reports = `
CREATE TABLE reports (
	id         INTEGER PRIMARY KEY AUTOINCREMENT,
	room       TEXT NOT NULL,
	-- The identity of the log that has the message.
	epoch      TEXT NOT NULL,
	seq        INTEGER NOT NULL,
	user_id    TEXT NOT NULL,
	user_name  TEXT NOT NULL,
	reason     TEXT,
	created_at INTEGER NOT NULL,
	UNIQUE (room, epoch, seq, user_id)
) STRICT;
CREATE INDEX reports_by_user ON reports (user_id);
`;
