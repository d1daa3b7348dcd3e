/**
 * Private and direct rooms, and their members. The rooms that exist are open to everybody; one whose name begins with the
 * prefix of private rooms gets the tilde operator (U+223C) in its place, which looks alike.
 */
export const privateRooms = `
UPDATE OR IGNORE rooms SET name = '∼' || substr(name, 2) WHERE name LIKE '~%';
-- 'open', 'private' or 'direct'.
ALTER TABLE rooms ADD COLUMN kind TEXT NOT NULL DEFAULT 'open';
ALTER TABLE rooms ADD COLUMN title TEXT;
ALTER TABLE rooms ADD COLUMN topic TEXT;
-- 0 or 1: whether new members see the messages that were sent before they joined.
ALTER TABLE rooms ADD COLUMN shows_history INTEGER NOT NULL DEFAULT 1;
-- A private room's: the id of the user who created it.
ALTER TABLE rooms ADD COLUMN created_by TEXT;
-- A direct room's: the ids of its people, as a sorted JSON array.
ALTER TABLE rooms ADD COLUMN people TEXT;
CREATE INDEX rooms_by_creator ON rooms (created_by) WHERE created_by IS NOT NULL;
CREATE UNIQUE INDEX rooms_by_people ON rooms (people) WHERE people IS NOT NULL;

CREATE TABLE members (
	room_id     INTEGER NOT NULL REFERENCES rooms (id),
	user_id     TEXT NOT NULL,
	user_name   TEXT NOT NULL,
	-- 'owner' or 'member'.
	role        TEXT NOT NULL,
	-- The first entry that they see where new members do not see the history.
	joined_seq  INTEGER NOT NULL,
	-- The entry that gave them the role, and its time.
	changed_seq INTEGER NOT NULL,
	changed_at  INTEGER NOT NULL,
	PRIMARY KEY (room_id, user_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX members_by_user ON members (user_id);
`;
