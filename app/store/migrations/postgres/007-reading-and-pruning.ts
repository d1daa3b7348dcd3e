/** A search in a room's log, and a step of retention. */
export const readingAndPruning = `
-- The seq of the first entry at or after a time, or a seq after the last one. The times of a log nearly ascend: clocks are
-- set, and differ between machines.
CREATE FUNCTION hubbub.seq_at(room bigint, floor bigint, head bigint, at_time bigint)
	RETURNS bigint LANGUAGE plpgsql STABLE
AS $$
DECLARE
	first bigint := floor + 1;
	past bigint := head + 1;
	middle bigint;
BEGIN
	WHILE first < past LOOP
		middle := (first + past) / 2;
		IF (SELECT e.created_at FROM hubbub.entries e WHERE e.room_id = room AND e.seq = middle) >= at_time THEN
			past := middle;
		ELSE
			first := middle + 1;
		END IF;
	END LOOP;
	RETURN first;
END
$$;

-- Deletes up to step old entries at the beginning of a room's log, with what belongs to them. A log has no holes: entries
-- after one that is kept are kept as well, whatever their time. The reactions to a message are deleted before it, also up
-- to step of them. Returns the number of entries, and whether there may be more.
--
-- The lock prevents another machine from doing the same. Each statement after it sees everything that was committed before.
CREATE FUNCTION hubbub.prune_step(room bigint, before bigint, step integer, OUT pruned bigint, OUT more boolean)
	LANGUAGE plpgsql
AS $$
DECLARE
	log record;
	up_to bigint;
	deleted bigint;
BEGIN
	pruned := 0;
	more := false;
	SELECT r.seq, r.floor INTO log FROM hubbub.rooms r WHERE r.id = room AND r.name IS NOT NULL FOR NO KEY UPDATE;
	IF NOT FOUND THEN
		RETURN;
	END IF;
	SELECT coalesce(min(b.seq) FILTER (WHERE b.created_at >= before) - 1, max(b.seq), log.floor) INTO up_to
		FROM (
			SELECT e.seq, e.created_at
			FROM hubbub.entries e
			WHERE e.room_id = room AND e.seq > log.floor
			ORDER BY e.seq LIMIT step
		) AS b;

	DELETE FROM hubbub.reactions
		WHERE ctid = ANY (ARRAY(
			SELECT r.ctid FROM hubbub.reactions r WHERE r.room_id = room AND r.target <= up_to LIMIT step
		));
	GET DIAGNOSTICS deleted = ROW_COUNT;
	IF deleted = step THEN
		more := true;
		RETURN;
	END IF;
	UPDATE hubbub.entries e
		SET kind = 'erased', author_name = NULL, body = NULL, mentions = NULL
		FROM hubbub.message_states s
		WHERE s.room_id = room AND s.seq <= up_to AND s.text_seq > up_to AND e.room_id = room AND e.seq = s.text_seq;
	DELETE FROM hubbub.message_states s WHERE s.room_id = room AND s.seq <= up_to;
	DELETE FROM hubbub.entries e WHERE e.room_id = room AND e.seq <= up_to;
	UPDATE hubbub.rooms r SET floor = up_to WHERE r.id = room AND r.floor < up_to;
	pruned := up_to - log.floor;
	more := pruned = step;
END
$$;
`;
