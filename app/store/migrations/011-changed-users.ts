/** Users of whose sessions the tokens may be out of date: who have another name, or none, which is a user who is gone. */
export const changedUsers = `
CREATE TABLE changed_users (
	user_id    TEXT PRIMARY KEY,
	name       TEXT,
	-- When the last session expires that may have an older name.
	expires_at INTEGER NOT NULL,
	-- Ascending over the changes of all users: other processes read those after the last one that they know.
	rev        INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX changed_users_by_rev ON changed_users (rev);
CREATE INDEX read_marks_by_user ON read_marks (user_id);
`;
