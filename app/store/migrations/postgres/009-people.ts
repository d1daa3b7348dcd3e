/**
 * Roles, who may come in, and invitations, as in SQLite. Changes of people lock their table against each other, so that
 * revisions are committed in their order, and the last owner stays one.
 */
export const people = `
CREATE TABLE hubbub.people (
	user_id text PRIMARY KEY,
	-- The name at the last change.
	name    text,
	-- 'owner', 'moderator', 'member' or 'guest'; null after a removal.
	role    text,
	since   bigint NOT NULL,
	-- Ascending over the changes of all people: other processes read those after the last one that they know.
	rev     bigint NOT NULL
);
CREATE UNIQUE INDEX people_by_rev ON hubbub.people (rev);
CREATE INDEX people_owners ON hubbub.people (role) WHERE role = 'owner';

CREATE TABLE hubbub.chat_settings (
	key   text PRIMARY KEY,
	value text NOT NULL
);

CREATE TABLE hubbub.invitations (
	id         text PRIMARY KEY,
	-- SHA-256 of the code, hex. The code is stored nowhere.
	code_hash  text NOT NULL UNIQUE,
	room       text,
	uses       bigint NOT NULL,
	used       bigint NOT NULL DEFAULT 0,
	created_at bigint NOT NULL,
	expires_at bigint NOT NULL,
	by_id      text,
	by_name    text
);

CREATE TABLE hubbub.invitation_uses (
	invitation_id text NOT NULL,
	user_id       text NOT NULL,
	name          text NOT NULL,
	used_at       bigint NOT NULL,
	PRIMARY KEY (invitation_id, user_id)
);

-- The caller holds the lock of the table. Returns false where there are too many people for a new one.
CREATE FUNCTION hubbub.put_person(who text, who_name text, new_role text, at bigint, most bigint)
	RETURNS boolean LANGUAGE plpgsql
AS $$
BEGIN
	IF NOT EXISTS (SELECT FROM hubbub.people p WHERE p.user_id = who)
			AND (SELECT count(*) FROM hubbub.people) >= most THEN
		RETURN false;
	END IF;
	INSERT INTO hubbub.people AS p (user_id, name, role, since, rev)
		VALUES (who, who_name, new_role, at, (SELECT coalesce(max(o.rev), 0) + 1 FROM hubbub.people o))
		ON CONFLICT (user_id) DO UPDATE
		SET name = coalesce(excluded.name, p.name), role = excluded.role, since = excluded.since, rev = excluded.rev;
	RETURN true;
END
$$;

-- Returns 'changed', 'last_owner', 'missing' or 'full'.
CREATE FUNCTION hubbub.set_role(who text, who_name text, new_role text, at bigint, most bigint)
	RETURNS text LANGUAGE plpgsql
AS $$
DECLARE
	former text;
BEGIN
	LOCK TABLE hubbub.people IN SHARE ROW EXCLUSIVE MODE;
	SELECT p.role INTO former FROM hubbub.people p WHERE p.user_id = who;
	IF new_role IS NULL AND former IS NULL THEN
		RETURN 'missing';
	ELSIF former = 'owner' AND new_role IS DISTINCT FROM 'owner'
			AND (SELECT count(*) FROM hubbub.people p WHERE p.role = 'owner') = 1 THEN
		RETURN 'last_owner';
	ELSIF NOT hubbub.put_person(who, who_name, new_role, at, most) THEN
		RETURN 'full';
	END IF;
	RETURN 'changed';
END
$$;

-- Makes a user the owner of a chat that has none.
CREATE FUNCTION hubbub.claim_chat(who text, who_name text, at bigint, most bigint) RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
	LOCK TABLE hubbub.people IN SHARE ROW EXCLUSIVE MODE;
	IF EXISTS (SELECT FROM hubbub.people p WHERE p.role = 'owner') THEN
		RETURN false;
	END IF;
	RETURN hubbub.put_person(who, who_name, 'owner', at, most);
END
$$;

-- Returns the room of the invitation, or no row for one that can't be used. "lower_roles" are below new_role.
CREATE FUNCTION hubbub.redeem_invitation(
	hash text, who text, who_name text, new_role text, lower_roles text[], at bigint, most bigint
) RETURNS TABLE (to_room text) LANGUAGE plpgsql AS $$
DECLARE
	invitation hubbub.invitations;
	known text;
BEGIN
	SELECT * INTO invitation FROM hubbub.invitations i WHERE i.code_hash = hash AND i.expires_at > at FOR UPDATE;
	IF NOT FOUND THEN
		RETURN;
	END IF;
	LOCK TABLE hubbub.people IN SHARE ROW EXCLUSIVE MODE;
	SELECT p.role INTO known FROM hubbub.people p WHERE p.user_id = who;
	IF known IS NULL OR known = ANY (lower_roles) THEN
		IF invitation.used >= invitation.uses OR NOT hubbub.put_person(who, who_name, new_role, at, most) THEN
			RETURN;
		END IF;
		UPDATE hubbub.invitations i SET used = i.used + 1 WHERE i.id = invitation.id;
		INSERT INTO hubbub.invitation_uses VALUES (invitation.id, who, who_name, at) ON CONFLICT DO NOTHING;
	END IF;
	RETURN QUERY SELECT invitation.room;
END
$$;
`;
