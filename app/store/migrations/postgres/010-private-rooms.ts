/**
 * Private and direct rooms, and their members, as in SQLite, where rooms of the reserved names are renamed too. The functions
 * have the meaning of `sqlite/members.ts` and `sqlite/private-rooms.ts`; a change of members or settings has its content in
 * `body`, as JSON.
 */
export const privateRooms = `
UPDATE hubbub.rooms AS room
	SET name = '∼' || substr(room.name, 2)
	WHERE room.name LIKE '~%'
		AND NOT EXISTS (SELECT FROM hubbub.rooms AS other WHERE other.name = '∼' || substr(room.name, 2));

ALTER TABLE hubbub.rooms
	-- 'open', 'private' or 'direct'.
	ADD COLUMN kind text NOT NULL DEFAULT 'open',
	ADD COLUMN title text,
	ADD COLUMN topic text,
	-- Whether new members see the messages that were sent before they joined.
	ADD COLUMN shows_history boolean NOT NULL DEFAULT true,
	-- A private room's: the id of the user who created it.
	ADD COLUMN created_by text,
	-- A direct room's: the ids of its people, as a sorted JSON array.
	ADD COLUMN people text COLLATE "C";
CREATE INDEX rooms_by_creator ON hubbub.rooms (created_by) WHERE created_by IS NOT NULL;
CREATE UNIQUE INDEX rooms_by_people ON hubbub.rooms (people) WHERE people IS NOT NULL;

CREATE TABLE hubbub.members (
	room_id     bigint NOT NULL REFERENCES hubbub.rooms (id),
	user_id     text COLLATE "C" NOT NULL,
	user_name   text NOT NULL,
	-- 'owner' or 'member'.
	role        text NOT NULL,
	-- The first entry that they see where new members do not see the history.
	joined_seq  bigint NOT NULL,
	-- The entry that gave them the role, and its time.
	changed_seq bigint NOT NULL,
	changed_at  bigint NOT NULL,
	PRIMARY KEY (room_id, user_id)
);
CREATE INDEX members_by_user ON hubbub.members (user_id);

CREATE FUNCTION hubbub.append_member(room bigint, room_kind text, head bigint, item hubbub.append_item)
	RETURNS hubbub.append_result LANGUAGE plpgsql
AS $$
DECLARE
	changed jsonb := item.body::jsonb;
	member text := changed -> 'user' ->> 'id';
	wanted text := changed ->> 'role';
	is_owner boolean;
	known record;
BEGIN
	is_owner := EXISTS (
		SELECT FROM hubbub.members m WHERE m.room_id = room AND m.user_id = item.author_id AND m.role = 'owner'
	);
	SELECT m.role, m.changed_seq, m.changed_at INTO known
		FROM hubbub.members m
		WHERE m.room_id = room AND m.user_id = member;
	IF room_kind <> 'private' OR (NOT is_owner AND (wanted IS NOT NULL OR item.author_id <> member)) THEN
		RETURN hubbub.refused('forbidden');
	ELSIF wanted IS NULL AND known.role IS NULL THEN
		RETURN hubbub.refused('missing');
	ELSIF known.role = wanted THEN
		RETURN ROW(known.changed_seq, known.changed_at, NULL, NULL)::hubbub.append_result;
	ELSIF known.role = 'owner' AND 1 = (
			SELECT count(*) FROM hubbub.members m WHERE m.room_id = room AND m.role = 'owner'
		) THEN
		RETURN hubbub.refused('last');
	ELSIF known.role IS NULL AND (
			(SELECT count(*) FROM hubbub.members m WHERE m.room_id = room) >= item.most
			OR (SELECT count(*) FROM hubbub.members m WHERE m.user_id = member) >= item.not_before
		) THEN
		RETURN hubbub.refused('full');
	END IF;
	PERFORM hubbub.insert_change(room, head, NULL, item);
	IF wanted IS NULL THEN
		DELETE FROM hubbub.members m WHERE m.room_id = room AND m.user_id = member;
	ELSE
		INSERT INTO hubbub.members AS m (room_id, user_id, user_name, role, joined_seq, changed_seq, changed_at)
			VALUES (room, member, changed -> 'user' ->> 'name', wanted, head + 1, head + 1, item.created_at)
			ON CONFLICT (room_id, user_id) DO UPDATE
			SET role = excluded.role, changed_seq = excluded.changed_seq, changed_at = excluded.changed_at;
	END IF;
	RETURN hubbub.appended(head + 1, NULL);
END
$$;

CREATE FUNCTION hubbub.append_settings(room bigint, room_kind text, head bigint, item hubbub.append_item)
	RETURNS hubbub.append_result LANGUAGE plpgsql
AS $$
DECLARE
	changed jsonb := item.body::jsonb;
BEGIN
	IF room_kind <> 'private' OR NOT EXISTS (
			SELECT FROM hubbub.members m WHERE m.room_id = room AND m.user_id = item.author_id AND m.role = 'owner'
		) THEN
		RETURN hubbub.refused('forbidden');
	END IF;
	PERFORM hubbub.insert_change(room, head, NULL, item);
	UPDATE hubbub.rooms r
		SET title = coalesce(changed ->> 'title', r.title),
			topic = nullif(coalesce(changed ->> 'topic', r.topic), ''),
			shows_history = coalesce((changed ->> 'history')::boolean, r.shows_history)
		WHERE r.id = room;
	RETURN hubbub.appended(head + 1, NULL);
END
$$;

-- wanted has: name, epoch, kind, created_at, title, history, by { id, name }, client_id, people, most, members and entries.
CREATE FUNCTION hubbub.create_private_room(wanted jsonb) RETURNS TABLE (outcome text, room text) LANGUAGE plpgsql AS $$
DECLARE
	creator text := wanted -> 'by' ->> 'id';
	added bigint;
BEGIN
	-- One creation of a user at a time, so that a repeat finds the first one.
	PERFORM pg_advisory_xact_lock(hashtextextended('hubbub ' || creator, 0));
	SELECT 'found', r.name INTO outcome, room
		FROM hubbub.rooms r
		WHERE r.people = wanted ->> 'people' OR r.id = (
			SELECT e.room_id FROM hubbub.entries e WHERE e.author_id = creator AND e.client_id = wanted ->> 'client_id'
		);
	IF room IS NOT NULL THEN
		RETURN NEXT;
		RETURN;
	END IF;
	IF (wanted ->> 'most')::integer <= greatest(
			(SELECT count(*) FROM hubbub.rooms r WHERE r.created_by = creator AND r.name IS NOT NULL),
			(
				SELECT max(n) FROM (
					SELECT count(*) AS n FROM hubbub.members m
					WHERE m.user_id IN (SELECT part ->> 'id' FROM jsonb_array_elements(wanted -> 'members') AS part)
					GROUP BY m.user_id
				) AS counted
			)
		) THEN
		outcome := 'full';
		RETURN NEXT;
		RETURN;
	END IF;
	INSERT INTO hubbub.rooms AS r (
			name, epoch, seq, created_at, active_at, kind, title, shows_history, created_by, people
		) VALUES (
			wanted ->> 'name', wanted ->> 'epoch', jsonb_array_length(wanted -> 'entries'), (wanted ->> 'created_at')::bigint,
			(wanted ->> 'created_at')::bigint, wanted ->> 'kind', wanted ->> 'title', (wanted ->> 'history')::boolean, creator,
			wanted ->> 'people'
		)
		ON CONFLICT (people) WHERE people IS NOT NULL DO NOTHING
		RETURNING r.id INTO added;
	IF added IS NULL THEN
		-- Somebody else of these people has created it meanwhile.
		SELECT 'found', r.name INTO STRICT outcome, room FROM hubbub.rooms r WHERE r.people = wanted ->> 'people';
		RETURN NEXT;
		RETURN;
	END IF;
	INSERT INTO hubbub.entries (room_id, seq, kind, created_at, author_id, author_name, client_id, body)
		SELECT added, e.seq, e.kind, (wanted ->> 'created_at')::bigint, creator, wanted -> 'by' ->> 'name', e.client_id, e.body
		FROM jsonb_to_recordset(wanted -> 'entries') AS e (seq bigint, kind text, client_id text, body text);
	INSERT INTO hubbub.members (room_id, user_id, user_name, role, joined_seq, changed_seq, changed_at)
		SELECT added, m.id, m.name, m.role, 0, m.seq, (wanted ->> 'created_at')::bigint
		FROM jsonb_to_recordset(wanted -> 'members') AS m (id text, name text, role text, seq bigint);
	outcome := 'created';
	room := wanted ->> 'name';
	RETURN NEXT;
END
$$;
`;
