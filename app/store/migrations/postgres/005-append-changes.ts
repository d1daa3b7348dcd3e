/**
 * The functions with which `append_batch` appends an item that changes a message. Each is called with the room's row
 * locked, and returns the result of the item: its `seq` is `head + 1` if it was appended.
 *
 * The user's repeated `client_id` is looked up first. The insertion looks it up again, because another room's transaction
 * may have stored it meanwhile.
 */
export const appendChangeFunctions = `
CREATE FUNCTION hubbub.appended(seq bigint, root bigint) RETURNS hubbub.append_result LANGUAGE sql IMMUTABLE AS $$
	SELECT ROW(seq, NULL, root, NULL)::hubbub.append_result
$$;

CREATE FUNCTION hubbub.refused(reason text) RETURNS hubbub.append_result LANGUAGE sql IMMUTABLE AS $$
	SELECT ROW(NULL, NULL, NULL, reason)::hubbub.append_result
$$;

-- The position of the first entry with this client_id, or nulls.
CREATE FUNCTION hubbub.repeat_of(item hubbub.append_item) RETURNS hubbub.append_result LANGUAGE plpgsql STABLE AS $$
DECLARE
	result hubbub.append_result;
BEGIN
	SELECT e.seq, e.created_at INTO result.seq, result.first_created_at
		FROM hubbub.entries e
		WHERE e.author_id = item.author_id AND e.client_id = item.client_id;
	RETURN result;
END
$$;

-- The position of an existing entry.
CREATE FUNCTION hubbub.position_of(room bigint, entry bigint) RETURNS hubbub.append_result LANGUAGE plpgsql STABLE AS $$
DECLARE
	result hubbub.append_result;
BEGIN
	SELECT e.seq, e.created_at INTO STRICT result.seq, result.first_created_at
		FROM hubbub.entries e
		WHERE e.room_id = room AND e.seq = entry;
	RETURN result;
END
$$;

-- Returns false for a repeat.
CREATE FUNCTION hubbub.insert_change(room bigint, head bigint, root bigint, item hubbub.append_item)
	RETURNS boolean LANGUAGE plpgsql
AS $$
BEGIN
	INSERT INTO hubbub.entries (
			room_id, seq, kind, created_at, author_id, author_name, client_id, target, body, mentions, emoji, is_on, root
		) VALUES (
			room, head + 1, item.kind, item.created_at, item.author_id, item.author_name, item.client_id, item.target,
			item.body, item.mentions, item.emoji, item.is_on, root
		)
		ON CONFLICT (author_id, client_id) WHERE client_id IS NOT NULL DO NOTHING;
	RETURN FOUND;
END
$$;

CREATE FUNCTION hubbub.append_edit(room bigint, head bigint, item hubbub.append_item)
	RETURNS hubbub.append_result LANGUAGE plpgsql
AS $$
DECLARE
	message record;
BEGIN
	SELECT e.author_id, e.created_at, coalesce(s.rev, e.seq) AS rev, text.seq AS text_seq, text.body, text.mentions
		INTO message
		FROM hubbub.entries e
		LEFT JOIN hubbub.message_states s ON s.room_id = e.room_id AND s.seq = e.seq
		JOIN hubbub.entries text ON text.room_id = e.room_id AND text.seq = coalesce(s.text_seq, e.seq)
		WHERE e.room_id = room AND e.seq = item.target AND e.kind = 'message';
	IF NOT FOUND THEN
		RETURN hubbub.refused('missing');
	ELSIF message.author_id <> item.author_id OR message.body IS NULL THEN
		RETURN hubbub.refused('forbidden');
	ELSIF message.created_at < item.not_before THEN
		RETURN hubbub.refused('expired');
	ELSIF message.body = item.body AND message.mentions IS NOT DISTINCT FROM item.mentions THEN
		RETURN hubbub.position_of(room, message.rev);
	ELSIF NOT hubbub.insert_change(room, head, NULL, item) THEN
		RETURN hubbub.repeat_of(item);
	END IF;
	IF message.text_seq = item.target THEN
		UPDATE hubbub.entries e SET body = NULL, mentions = NULL WHERE e.room_id = room AND e.seq = item.target;
	ELSE
		UPDATE hubbub.entries e
			SET kind = 'erased', author_name = NULL, body = NULL, mentions = NULL
			WHERE e.room_id = room AND e.seq = message.text_seq;
	END IF;
	INSERT INTO hubbub.message_states AS s (room_id, seq, rev, text_seq)
		VALUES (room, item.target, head + 1, head + 1)
		ON CONFLICT (room_id, seq) DO UPDATE SET rev = excluded.rev, text_seq = excluded.text_seq;
	RETURN hubbub.appended(head + 1, NULL);
END
$$;

CREATE FUNCTION hubbub.append_reaction(room bigint, head bigint, item hubbub.append_item)
	RETURNS hubbub.append_result LANGUAGE plpgsql
AS $$
DECLARE
	message record;
BEGIN
	SELECT coalesce(s.rev, e.seq) AS rev, EXISTS (
			SELECT FROM hubbub.reactions r
			WHERE r.room_id = room AND r.target = item.target AND r.emoji = item.emoji AND r.user_id = item.author_id
		) AS is_on
		INTO message
		FROM hubbub.entries e
		LEFT JOIN hubbub.message_states s ON s.room_id = e.room_id AND s.seq = e.seq
		WHERE e.room_id = room AND e.seq = item.target AND e.kind = 'message';
	IF NOT FOUND THEN
		RETURN hubbub.refused('missing');
	ELSIF message.is_on = item.is_on THEN
		RETURN hubbub.position_of(room, message.rev);
	ELSIF item.is_on AND NOT EXISTS (
			SELECT FROM hubbub.reactions r WHERE r.room_id = room AND r.target = item.target AND r.emoji = item.emoji
		) AND item.most <= (
			SELECT count(DISTINCT r.emoji) FROM hubbub.reactions r WHERE r.room_id = room AND r.target = item.target
		) THEN
		RETURN hubbub.refused('full');
	ELSIF NOT hubbub.insert_change(room, head, NULL, item) THEN
		RETURN hubbub.repeat_of(item);
	END IF;
	IF item.is_on THEN
		INSERT INTO hubbub.reactions (room_id, target, emoji, user_id, user_name, seq)
			VALUES (room, item.target, item.emoji, item.author_id, item.author_name, head + 1);
	ELSE
		DELETE FROM hubbub.reactions r
			WHERE r.room_id = room AND r.target = item.target AND r.emoji = item.emoji AND r.user_id = item.author_id;
	END IF;
	INSERT INTO hubbub.message_states AS s (room_id, seq, rev)
		VALUES (room, item.target, head + 1)
		ON CONFLICT (room_id, seq) DO UPDATE SET rev = excluded.rev;
	RETURN hubbub.appended(head + 1, NULL);
END
$$;

CREATE FUNCTION hubbub.append_pin(room bigint, head bigint, item hubbub.append_item)
	RETURNS hubbub.append_result LANGUAGE plpgsql
AS $$
DECLARE
	message record;
BEGIN
	SELECT coalesce(s.rev, e.seq) AS rev, s.pinned IS NOT NULL AS is_on INTO message
		FROM hubbub.entries e
		LEFT JOIN hubbub.message_states s ON s.room_id = e.room_id AND s.seq = e.seq
		WHERE e.room_id = room AND e.seq = item.target AND e.kind = 'message';
	IF NOT FOUND THEN
		RETURN hubbub.refused('missing');
	ELSIF message.is_on = item.is_on THEN
		RETURN hubbub.position_of(room, message.rev);
	ELSIF item.is_on AND item.most <= (
			SELECT count(*) FROM hubbub.message_states s WHERE s.room_id = room AND s.pinned IS NOT NULL
		) THEN
		RETURN hubbub.refused('full');
	ELSIF NOT hubbub.insert_change(room, head, NULL, item) THEN
		RETURN hubbub.repeat_of(item);
	END IF;
	INSERT INTO hubbub.message_states AS s (room_id, seq, rev, pinned)
		VALUES (room, item.target, head + 1, CASE WHEN item.is_on THEN head + 1 END)
		ON CONFLICT (room_id, seq) DO UPDATE SET rev = excluded.rev, pinned = excluded.pinned;
	RETURN hubbub.appended(head + 1, NULL);
END
$$;

-- A removal without an author is an admin's.
CREATE FUNCTION hubbub.append_removal(room bigint, head bigint, item hubbub.append_item)
	RETURNS hubbub.append_result LANGUAGE plpgsql
AS $$
DECLARE
	message record;
BEGIN
	SELECT e.kind, e.author_id, e.removed_by, e.root, s.text_seq INTO message
		FROM hubbub.entries e
		LEFT JOIN hubbub.message_states s ON s.room_id = e.room_id AND s.seq = e.seq
		WHERE e.room_id = room AND e.seq = item.target
			AND (e.kind = 'message' OR (e.kind = 'erased' AND e.removed_by IS NOT NULL));
	IF NOT FOUND OR (message.kind = 'erased' AND item.author_id IS NOT NULL) THEN
		RETURN hubbub.refused('missing');
	ELSIF message.kind = 'erased' THEN
		RETURN hubbub.position_of(room, message.removed_by);
	ELSIF message.author_id <> item.author_id THEN
		RETURN hubbub.refused('forbidden');
	ELSIF NOT hubbub.insert_change(room, head, message.root, item) THEN
		RETURN hubbub.repeat_of(item);
	END IF;
	UPDATE hubbub.entries e
		SET kind = 'erased', removed_by = head + 1, author_name = NULL, body = NULL, mentions = NULL,
			latitude = NULL, longitude = NULL, accuracy = NULL
		WHERE e.room_id = room AND e.seq = item.target;
	IF message.text_seq IS NOT NULL THEN
		UPDATE hubbub.entries e
			SET kind = 'erased', author_name = NULL, body = NULL, mentions = NULL
			WHERE e.room_id = room AND e.seq = message.text_seq;
	END IF;
	DELETE FROM hubbub.reactions r WHERE r.room_id = room AND r.target = item.target;
	DELETE FROM hubbub.message_states s WHERE s.room_id = room AND s.seq = item.target;
	IF message.root IS NOT NULL THEN
		UPDATE hubbub.message_states s
			SET rev = head + 1, replies = greatest(0, s.replies - 1)
			WHERE s.room_id = room AND s.seq = message.root;
	END IF;
	RETURN hubbub.appended(head + 1, message.root);
END
$$;

CREATE FUNCTION hubbub.append_reply(room bigint, floor bigint, head bigint, item hubbub.append_item)
	RETURNS hubbub.append_result LANGUAGE plpgsql
AS $$
DECLARE
	thread bigint;
BEGIN
	-- What retention has removed counts as a message.
	IF item.reply BETWEEN 1 AND floor THEN
		thread := item.reply;
	ELSE
		SELECT coalesce(e.root, e.seq) INTO thread
			FROM hubbub.entries e
			WHERE e.room_id = room AND e.seq = item.reply
				AND (e.kind = 'message' OR (e.kind = 'erased' AND e.removed_by IS NOT NULL));
		IF NOT FOUND THEN
			RETURN hubbub.refused('missing');
		END IF;
	END IF;
	INSERT INTO hubbub.entries (
			room_id, seq, kind, created_at, author_id, author_name, client_id, body, latitude, longitude, accuracy,
			reply, root, mentions
		) VALUES (
			room, head + 1, 'message', item.created_at, item.author_id, item.author_name, item.client_id,
			item.body, item.latitude, item.longitude, item.accuracy, item.reply, thread, item.mentions
		)
		ON CONFLICT (author_id, client_id) WHERE client_id IS NOT NULL DO NOTHING;
	IF NOT FOUND THEN
		RETURN hubbub.repeat_of(item);
	END IF;
	INSERT INTO hubbub.message_states AS s (room_id, seq, rev, replies)
		SELECT e.room_id, e.seq, head + 1, 1
		FROM hubbub.entries e
		WHERE e.room_id = room AND e.seq = thread AND e.kind = 'message'
		ON CONFLICT (room_id, seq) DO UPDATE SET rev = excluded.rev, replies = s.replies + 1;
	RETURN hubbub.appended(head + 1, thread);
END
$$;
`;
