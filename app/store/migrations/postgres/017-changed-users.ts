/**
 * Users of whose sessions the tokens may be out of date, as in SQLite. A change locks the table of people, so that a
 * name is given once, and revisions are committed in their order.
 */
export const changedUsers = `
CREATE TABLE hubbub.changed_users (
	user_id    text PRIMARY KEY,
	name       text,
	-- When the last session expires that may have an older name.
	expires_at bigint NOT NULL,
	-- Ascending over the changes of all users: other processes read those after the last one that they know.
	rev        bigint NOT NULL
);
CREATE UNIQUE INDEX changed_users_by_rev ON hubbub.changed_users (rev);
CREATE INDEX read_marks_by_user ON hubbub.read_marks (user_id);

-- Records a change, and drops the oldest above "most". The caller holds the lock of the table of people.
CREATE FUNCTION hubbub.put_changed_user(who text, new_name text, expires bigint, most bigint)
	RETURNS void LANGUAGE plpgsql
AS $$
DECLARE
	next bigint := (SELECT coalesce(max(c.rev), 0) + 1 FROM hubbub.changed_users c);
BEGIN
	INSERT INTO hubbub.changed_users AS c VALUES (who, new_name, expires, next)
		ON CONFLICT (user_id) DO UPDATE
		SET name = excluded.name, expires_at = excluded.expires_at, rev = excluded.rev;
	DELETE FROM hubbub.changed_users c WHERE c.rev <= next - most;
END
$$;

-- Returns false where the name belongs to another person with a passkey.
CREATE FUNCTION hubbub.rename_user(who text, new_name text, skeletons text[], expires bigint, most bigint)
	RETURNS boolean LANGUAGE plpgsql
AS $$
BEGIN
	LOCK TABLE hubbub.people IN SHARE ROW EXCLUSIVE MODE;
	IF EXISTS (SELECT FROM hubbub.account_names n WHERE n.skeleton = ANY (skeletons) AND n.user_id <> who) THEN
		RETURN false;
	END IF;
	PERFORM hubbub.put_changed_user(who, new_name, expires, most);
	UPDATE hubbub.accounts a SET name = new_name WHERE a.user_id = who;
	IF FOUND THEN
		DELETE FROM hubbub.account_names n WHERE n.user_id = who;
		INSERT INTO hubbub.account_names SELECT skeleton, who FROM unnest(skeletons) AS skeleton;
	END IF;
	UPDATE hubbub.people p
		SET name = new_name, rev = (SELECT max(o.rev) + 1 FROM hubbub.people o)
		WHERE p.user_id = who;
	UPDATE hubbub.sign_in_codes c SET name = new_name WHERE c.user_id = who;
	UPDATE hubbub.members m SET user_name = new_name WHERE m.user_id = who;
	RETURN true;
END
$$;

-- Returns false for the last owner.
CREATE FUNCTION hubbub.remove_user(who text, expires bigint, most bigint) RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
	LOCK TABLE hubbub.people IN SHARE ROW EXCLUSIVE MODE;
	IF EXISTS (SELECT FROM hubbub.people p WHERE p.user_id = who AND p.role = 'owner')
			AND (SELECT count(*) FROM hubbub.people p WHERE p.role = 'owner') = 1 THEN
		RETURN false;
	END IF;
	PERFORM hubbub.put_changed_user(who, NULL, expires, most);
	DELETE FROM hubbub.accounts a WHERE a.user_id = who;
	DELETE FROM hubbub.account_names n WHERE n.user_id = who;
	DELETE FROM hubbub.passkeys p WHERE p.user_id = who;
	DELETE FROM hubbub.sign_in_codes c WHERE c.user_id = who;
	DELETE FROM hubbub.read_marks r WHERE r.user_id = who;
	DELETE FROM hubbub.invitation_uses u
		WHERE u.user_id = who OR u.invitation_id IN (SELECT i.id FROM hubbub.invitations i WHERE i.by_id = who);
	DELETE FROM hubbub.invitations i WHERE i.by_id = who;
	UPDATE hubbub.people p
		SET name = NULL, role = NULL, rev = (SELECT max(o.rev) + 1 FROM hubbub.people o)
		WHERE p.user_id = who;
	RETURN true;
END
$$;
`;
