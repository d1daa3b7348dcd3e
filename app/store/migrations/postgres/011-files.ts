/** The files of messages. `state` is as in the migration `007-files` of SQLite. */
export const files = `
CREATE TABLE hubbub.files (
	file       text COLLATE "C" PRIMARY KEY,
	state      text NOT NULL,
	-- No reference: the rooms of removed files are deleted.
	room_id    bigint,
	user_id    text COLLATE "C" NOT NULL,
	bytes      bigint NOT NULL,
	created_at bigint NOT NULL,
	seq        bigint,
	-- The place among the files of its message.
	position   integer,
	-- As JSON, as messages have it. A text keeps its form when a store is copied.
	info       text
);
CREATE INDEX files_by_message ON hubbub.files (room_id, seq) WHERE seq IS NOT NULL;
CREATE INDEX files_by_state ON hubbub.files (state, file) INCLUDE (bytes);
CREATE INDEX files_by_user ON hubbub.files (user_id, created_at) INCLUDE (bytes);

-- Reserves bytes for an upload. The lock makes parallel uploads wait for each other, so that none exceeds a bound. Each
-- statement after it sees everything that was committed before.
CREATE FUNCTION hubbub.reserve_file(
	new_file text, room text, user_id text, bytes bigint, created_at bigint, all_bytes bigint, day_bytes bigint
)
	RETURNS text LANGUAGE plpgsql
AS $$
#variable_conflict use_variable
DECLARE
	found_room bigint;
	day_ms CONSTANT bigint := 86400000;
BEGIN
	PERFORM pg_advisory_xact_lock(hashtext('hubbub.files'));
	SELECT r.id INTO found_room FROM hubbub.rooms r WHERE r.name = room;
	IF NOT FOUND THEN
		RETURN 'missing';
	ELSIF all_bytes > 0 AND all_bytes < bytes + (
			SELECT coalesce(sum(f.bytes), 0) FROM hubbub.files f WHERE f.state <> 'gone'
		) THEN
		RETURN 'full';
	ELSIF day_bytes > 0 AND day_bytes < bytes + (
			SELECT coalesce(sum(f.bytes), 0) FROM hubbub.files f
			WHERE f.user_id = reserve_file.user_id AND f.created_at > reserve_file.created_at - day_ms
		) THEN
		RETURN 'spent';
	END IF;
	INSERT INTO hubbub.files AS f (file, state, room_id, user_id, bytes, created_at)
		VALUES (new_file, 'uploading', found_room, user_id, bytes, created_at);
	RETURN 'reserved';
END
$$;

-- The ids of the files that a message is to have, as a JSON array.
ALTER TYPE hubbub.append_item ADD ATTRIBUTE files jsonb;

-- Appends a message that has files and is no reply.
CREATE FUNCTION hubbub.append_first(room bigint, head bigint, item hubbub.append_item)
	RETURNS hubbub.append_result LANGUAGE plpgsql
AS $$
BEGIN
	INSERT INTO hubbub.entries (
			room_id, seq, kind, created_at, author_id, author_name, client_id, body, mentions
		) VALUES (
			room, head + 1, 'message', item.created_at, item.author_id, item.author_name, item.client_id, item.body,
			item.mentions
		)
		ON CONFLICT (author_id, client_id) WHERE client_id IS NOT NULL DO NOTHING;
	IF NOT FOUND THEN
		RETURN hubbub.repeat_of(item);
	END IF;
	RETURN hubbub.appended(head + 1, NULL);
END
$$;

-- Appends a message and binds its files to it.
CREATE FUNCTION hubbub.append_with_files(room bigint, floor bigint, head bigint, item hubbub.append_item)
	RETURNS hubbub.append_result LANGUAGE plpgsql
AS $$
DECLARE
	result hubbub.append_result;
BEGIN
	PERFORM FROM hubbub.files f
		WHERE f.file IN (SELECT jsonb_array_elements_text(item.files))
		ORDER BY f.file
		FOR UPDATE;
	IF jsonb_array_length(item.files) <> (
			SELECT count(*) FROM hubbub.files f
			WHERE f.file IN (SELECT jsonb_array_elements_text(item.files))
				AND f.state = 'stored' AND f.room_id = room AND f.user_id = item.author_id
		) THEN
		RETURN hubbub.refused('no_file');
	END IF;
	IF item.reply IS NULL THEN
		result := hubbub.append_first(room, head, item);
	ELSE
		result := hubbub.append_reply(room, floor, head, item);
	END IF;
	IF result.seq IS NOT NULL AND result.first_created_at IS NULL THEN
		UPDATE hubbub.files f
			SET state = 'bound', seq = result.seq, position = named.position
			FROM jsonb_array_elements_text(item.files) WITH ORDINALITY AS named (file, position)
			WHERE f.file = named.file;
	END IF;
	RETURN result;
END
$$;
`;
