/**
 * Edits, reactions, pins, replies, mentions, and removals by the author. Their entries share the table of messages;
 * `message_states` and `reactions` have what they made of a message. An edit has the text in its own entry, and the former
 * text is deleted.
 */
export const conversation = `
ALTER TABLE hubbub.entries
	-- A message's: the seq of the message that it replies to, and of the first message of that thread. A removal's and an
	-- erased message's root: that of the removed message.
	ADD COLUMN reply bigint,
	ADD COLUMN root bigint,
	-- A message's or an edit's: a JSON array of ids.
	ADD COLUMN mentions text,
	-- A reaction's.
	ADD COLUMN emoji text,
	-- A reaction's or a pin's.
	ADD COLUMN is_on boolean;
CREATE INDEX entries_by_root ON hubbub.entries (room_id, root, seq) WHERE root IS NOT NULL;

-- What later entries made of a message. A message without a row is unchanged.
CREATE TABLE hubbub.message_states (
	room_id  bigint NOT NULL REFERENCES hubbub.rooms (id),
	-- The message's.
	seq      bigint NOT NULL,
	-- The seq of the newest entry that changed it.
	rev      bigint NOT NULL,
	-- The seq of the edit that has the text, if it was edited.
	text_seq bigint,
	replies  bigint NOT NULL DEFAULT 0,
	-- The seq of the entry that pinned it, while it is pinned.
	pinned   bigint,
	PRIMARY KEY (room_id, seq)
) WITH (fillfactor = 80);
CREATE INDEX message_states_pinned ON hubbub.message_states (room_id, seq) WHERE pinned IS NOT NULL;

CREATE TABLE hubbub.reactions (
	room_id   bigint NOT NULL REFERENCES hubbub.rooms (id),
	-- The message's seq.
	target    bigint NOT NULL,
	emoji     text COLLATE "C" NOT NULL,
	user_id   text COLLATE "C" NOT NULL,
	user_name text NOT NULL,
	-- The reaction's.
	seq       bigint NOT NULL,
	PRIMARY KEY (room_id, target, emoji, user_id)
);

-- An item of a batch. most is the bound that a reaction or a pin may not exceed.
CREATE TYPE hubbub.append_item AS (
	at integer, kind text, created_at bigint, author_id text, author_name text, client_id text,
	body text, latitude double precision, longitude double precision, accuracy double precision,
	target bigint, reply bigint, mentions text, emoji text, is_on boolean, not_before bigint, most integer
);

-- first_created_at is that of the first one, for a repeat. A refusal has no seq.
CREATE TYPE hubbub.append_result AS (seq bigint, first_created_at bigint, root bigint, refusal text);
`;
