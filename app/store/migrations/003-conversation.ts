/**
 * Edits, reactions, pins, replies, mentions, and removals by the author. Their entries share the table of messages;
 * `message_states` and `reactions` have what they made of a message.
 *
 * An edit has its text in its own entry, and the former text is overwritten at the same length. `message_states` has no
 * texts, so that its rows may grow and move. Entries of the former schema grow by a byte for each new column when they are
 * written again; `last_narrow_entry` is the id of the last one.
 */
export const conversation = `
-- A message's: the seq of the message that it replies to, and of the first message of that thread. A removal's and an
-- erased message's root: that of the removed message.
ALTER TABLE entries ADD COLUMN reply INTEGER;
ALTER TABLE entries ADD COLUMN root INTEGER;
-- A message's or an edit's: a JSON array of ids.
ALTER TABLE entries ADD COLUMN mentions TEXT;
-- A reaction's.
ALTER TABLE entries ADD COLUMN emoji TEXT;
-- A reaction's or a pin's: 0 or 1.
ALTER TABLE entries ADD COLUMN is_on INTEGER;
CREATE INDEX entries_by_root ON entries (room_id, root, seq) WHERE root IS NOT NULL;
INSERT INTO meta (key, value) SELECT 'last_narrow_entry', coalesce(max(id), 0) FROM entries;

-- What later entries made of a message. A message without a row is unchanged.
CREATE TABLE message_states (
	room_id  INTEGER NOT NULL REFERENCES rooms (id),
	-- The message's.
	seq      INTEGER NOT NULL,
	-- The seq of the newest entry that changed it.
	rev      INTEGER NOT NULL,
	-- The seq of the edit that has the text, if it was edited.
	text_seq INTEGER,
	replies  INTEGER NOT NULL DEFAULT 0,
	-- The seq of the entry that pinned it, while it is pinned.
	pinned   INTEGER,
	PRIMARY KEY (room_id, seq)
) STRICT, WITHOUT ROWID;
CREATE INDEX message_states_pinned ON message_states (room_id, seq) WHERE pinned IS NOT NULL;

CREATE TABLE reactions (
	room_id   INTEGER NOT NULL REFERENCES rooms (id),
	-- The message's seq.
	target    INTEGER NOT NULL,
	emoji     TEXT NOT NULL,
	user_id   TEXT NOT NULL,
	user_name TEXT NOT NULL,
	-- The reaction's.
	seq       INTEGER NOT NULL,
	PRIMARY KEY (room_id, target, emoji, user_id)
) STRICT, WITHOUT ROWID;
`;
