/**
 * Appends a batch in one round trip and one transaction. It is a function so that a room's row, which assigns `seq`, is
 * locked only until the commit, and not for several round trips.
 *
 * `batch` is an array of { name, epoch, created_at, items }, one for each room and in the order of their names, which is
 * the order of the locks. The epoch and the time are for a room that does not exist. `at` is an item's index in the
 * caller's batch. In the result, `seq` is null where a removal's target is missing; `first_created_at` is null for a new
 * entry; for a repeat both are those of the first one.
 *
 * Each statement sees everything that was committed before it, so after the lock it sees the whole room.
 */
export const appendBatchFunction = `
CREATE FUNCTION hubbub.append_batch(batch jsonb)
	RETURNS TABLE (at integer, seq bigint, first_created_at bigint)
	LANGUAGE plpgsql
AS $$
#variable_conflict use_column
DECLARE
	part record;
	item record;
	room record;
	place record;
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
			SELECT r.id, r.seq, r.active_at INTO room FROM hubbub.rooms r WHERE r.name = part.name FOR NO KEY UPDATE;
			EXIT WHEN FOUND;
			INSERT INTO hubbub.rooms (name, epoch, created_at, active_at)
				VALUES (part.name, part.epoch, part.created_at, part.created_at)
				ON CONFLICT (name) DO NOTHING;
		END LOOP;
		head := room.seq;
		last_active_at := room.active_at;

		FOR item IN
			SELECT * FROM jsonb_to_recordset(part.items) AS i (
				at integer, kind text, created_at bigint, author_id text, author_name text, client_id text,
				body text, latitude double precision, longitude double precision, accuracy double precision,
				target bigint
			)
		LOOP
			at := item.at;
			seq := NULL;
			first_created_at := NULL;
			IF item.kind = 'message' THEN
				INSERT INTO hubbub.entries (
						room_id, seq, kind, created_at, author_id, author_name, client_id, body, latitude, longitude, accuracy
					) VALUES (
						room.id, head + 1, 'message', item.created_at, item.author_id, item.author_name, item.client_id,
						item.body, item.latitude, item.longitude, item.accuracy
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
			ELSE
				SELECT e.removed_by INTO place
					FROM hubbub.entries e
					WHERE e.room_id = room.id AND e.seq = item.target AND e.kind IN ('message', 'erased');
				IF FOUND AND place.removed_by IS NOT NULL THEN
					SELECT e.seq, e.created_at INTO STRICT seq, first_created_at
						FROM hubbub.entries e
						WHERE e.room_id = room.id AND e.seq = place.removed_by;
				ELSIF FOUND THEN
					head := head + 1;
					seq := head;
					INSERT INTO hubbub.entries (room_id, seq, kind, created_at, target)
						VALUES (room.id, head, 'removal', item.created_at, item.target);
					UPDATE hubbub.entries e
						SET kind = 'erased', removed_by = head, author_name = NULL, body = NULL,
							latitude = NULL, longitude = NULL, accuracy = NULL
						WHERE e.room_id = room.id AND e.seq = item.target;
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
