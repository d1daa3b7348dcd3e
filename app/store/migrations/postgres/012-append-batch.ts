/**
 * Replaces the function of `006-append-batch`: this one also appends changes of a private room's members and settings, binds
 * the files of messages and removes those of removed ones. Only members append to a private room, and it is not created by
 * an append.
 */
export const appendBatchWithFiles = `
DROP FUNCTION hubbub.append_batch(jsonb);
CREATE FUNCTION hubbub.append_batch(batch jsonb)
	RETURNS TABLE (at integer, seq bigint, first_created_at bigint, root bigint, refusal text)
	LANGUAGE plpgsql
AS $$
#variable_conflict use_column
DECLARE
	part record;
	item hubbub.append_item;
	result hubbub.append_result;
	room record;
	head bigint;
	last_active_at bigint;
BEGIN
	-- An answer means that it is on the disk, even where a database is set to say so earlier.
	IF current_setting('synchronous_commit') = 'off' THEN
		PERFORM set_config('synchronous_commit', 'on', true);
	END IF;

	FOR part IN
		SELECT * FROM jsonb_to_recordset(batch) AS p (name text, epoch text, created_at bigint, items jsonb)
	LOOP
		LOOP
			SELECT r.id, r.kind, r.seq, r.floor, r.active_at INTO room
				FROM hubbub.rooms r
				WHERE r.name = part.name
				FOR NO KEY UPDATE;
			EXIT WHEN FOUND OR part.name LIKE '~%';
			INSERT INTO hubbub.rooms (name, epoch, created_at, active_at)
				VALUES (part.name, part.epoch, part.created_at, part.created_at)
				ON CONFLICT (name) DO NOTHING;
		END LOOP;
		head := room.seq;
		last_active_at := room.active_at;

		FOR item IN SELECT * FROM jsonb_populate_recordset(NULL::hubbub.append_item, part.items) LOOP
			at := item.at;
			seq := NULL;
			first_created_at := NULL;
			root := NULL;
			refusal := NULL;
			IF room.id IS NULL OR (room.kind <> 'open' AND item.author_id IS NOT NULL AND NOT EXISTS (
					SELECT FROM hubbub.members m WHERE m.room_id = room.id AND m.user_id = item.author_id
				)) THEN
				refusal := 'not_member';
				RETURN NEXT;
				CONTINUE;
			END IF;
			IF item.kind = 'message' AND item.reply IS NULL AND item.files IS NULL THEN
				INSERT INTO hubbub.entries (
						room_id, seq, kind, created_at, author_id, author_name, client_id, body, latitude, longitude, accuracy,
						mentions
					) VALUES (
						room.id, head + 1, 'message', item.created_at, item.author_id, item.author_name, item.client_id,
						item.body, item.latitude, item.longitude, item.accuracy, item.mentions
					)
					ON CONFLICT (author_id, client_id) WHERE client_id IS NOT NULL DO NOTHING;
				IF FOUND THEN
					head := head + 1;
					seq := head;
					last_active_at := item.created_at;
				ELSE
					SELECT e.seq, e.created_at INTO STRICT seq, first_created_at
						FROM hubbub.entries e
						WHERE e.author_id = item.author_id AND e.client_id = item.client_id;
				END IF;
				RETURN NEXT;
				CONTINUE;
			END IF;

			result := hubbub.repeat_of(item);
			IF result.seq IS NULL THEN
				CASE item.kind
					WHEN 'message' THEN
						IF item.files IS NULL THEN
							result := hubbub.append_reply(room.id, room.floor, head, item);
						ELSE
							result := hubbub.append_with_files(room.id, room.floor, head, item);
						END IF;
					WHEN 'edit' THEN result := hubbub.append_edit(room.id, head, item);
					WHEN 'reaction' THEN result := hubbub.append_reaction(room.id, head, item);
					WHEN 'pin' THEN result := hubbub.append_pin(room.id, head, item);
					WHEN 'removal' THEN result := hubbub.append_removal(room.id, head, item);
					WHEN 'member' THEN result := hubbub.append_member(room.id, room.kind, head, item);
					WHEN 'room' THEN result := hubbub.append_settings(room.id, room.kind, head, item);
				END CASE;
			END IF;
			seq := result.seq;
			first_created_at := result.first_created_at;
			root := result.root;
			refusal := result.refusal;
			IF seq IS NOT NULL AND first_created_at IS NULL THEN
				head := seq;
				IF item.kind = 'message' THEN
					last_active_at := item.created_at;
				ELSIF item.kind = 'removal' THEN
					UPDATE hubbub.files f
						SET state = 'removed', room_id = NULL, seq = NULL, position = NULL, info = NULL
						WHERE f.room_id = room.id AND f.seq = item.target;
				END IF;
			END IF;
			RETURN NEXT;
		END LOOP;

		IF head > room.seq THEN
			UPDATE hubbub.rooms r SET seq = head, active_at = last_active_at WHERE r.id = room.id;
		END IF;
	END LOOP;
END
$$;
`;
