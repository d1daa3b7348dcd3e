/** How far each user has read each room. The room's log has the epoch. */
export const readMarks = `
CREATE TABLE read_marks (
	room_id  INTEGER NOT NULL REFERENCES rooms (id),
	user_id  TEXT NOT NULL,
	-- That of the newest entry that was read.
	seq      INTEGER NOT NULL,
	moved_at INTEGER NOT NULL,
	PRIMARY KEY (room_id, user_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX read_marks_by_time ON read_marks (moved_at);
`;
