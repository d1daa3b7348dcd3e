/** How far each user has read each room, as in SQLite. */
export const readMarks = `
CREATE TABLE hubbub.read_marks (
	room_id  bigint NOT NULL REFERENCES hubbub.rooms (id),
	user_id  text NOT NULL,
	-- That of the newest entry that was read.
	seq      bigint NOT NULL,
	moved_at bigint NOT NULL,
	PRIMARY KEY (room_id, user_id)
);
CREATE INDEX read_marks_by_time ON hubbub.read_marks (moved_at);
`;
