/**
 * People with a passkey, as in SQLite. What adds or removes a passkey locks the table of people against the others, so that
 * a name is given once, a person keeps a passkey, and revisions are committed in their order.
 */
export const accounts = `
CREATE TABLE hubbub.accounts (
	user_id    text PRIMARY KEY,
	name       text NOT NULL,
	created_at bigint NOT NULL
);

-- The skeletons of the names of accounts: a name that looks like one of them is taken.
CREATE TABLE hubbub.account_names (
	skeleton text PRIMARY KEY,
	user_id  text NOT NULL
);

CREATE TABLE hubbub.passkeys (
	id            text PRIMARY KEY,
	user_id       text NOT NULL,
	device        text NOT NULL,
	-- COSE, base64url.
	public_key    text NOT NULL,
	counter       bigint NOT NULL,
	created_at    bigint NOT NULL,
	used_at       bigint,
	-- When the challenge of the last use was issued: none is used twice.
	challenged_at bigint NOT NULL DEFAULT 0
);
CREATE INDEX passkeys_by_user ON hubbub.passkeys (user_id, created_at);

CREATE TABLE hubbub.sign_in_codes (
	-- SHA-256 of the code, hex. The code is stored nowhere.
	code_hash  text PRIMARY KEY,
	user_id    text NOT NULL,
	name       text NOT NULL,
	-- 'recovery' or 'link'.
	kind       text NOT NULL,
	expires_at bigint NOT NULL
);
CREATE INDEX sign_in_codes_by_user ON hubbub.sign_in_codes (user_id, kind);

CREATE TABLE hubbub.sessions (
	id         text PRIMARY KEY,
	user_id    text NOT NULL,
	device     text NOT NULL,
	created_at bigint NOT NULL,
	expires_at bigint NOT NULL
);
CREATE INDEX sessions_by_user ON hubbub.sessions (user_id, created_at);

CREATE FUNCTION hubbub.replace_recovery_codes(who text, hashes text[], never bigint)
	RETURNS boolean LANGUAGE plpgsql
AS $$
DECLARE
	account hubbub.accounts;
BEGIN
	SELECT * INTO account FROM hubbub.accounts a WHERE a.user_id = who FOR UPDATE;
	IF NOT FOUND THEN
		RETURN false;
	END IF;
	DELETE FROM hubbub.sign_in_codes c WHERE c.user_id = who AND c.kind = 'recovery';
	INSERT INTO hubbub.sign_in_codes SELECT hash, who, account.name, 'recovery', never FROM unnest(hashes) AS hash;
	RETURN true;
END
$$;

-- Returns 'first', 'added', 'known', 'name_taken' or 'full'. "keys" is the row of the passkey, "session" that of the session.
CREATE FUNCTION hubbub.add_passkey(
	who text, who_name text, keys jsonb, session jsonb, skeletons text[], hashes text[],
	most_keys bigint, most_people bigint, never bigint
) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	at bigint := (keys ->> 'created_at')::bigint;
	is_first boolean;
BEGIN
	LOCK TABLE hubbub.people IN SHARE ROW EXCLUSIVE MODE;
	is_first := NOT EXISTS (SELECT FROM hubbub.accounts a WHERE a.user_id = who);
	IF EXISTS (SELECT FROM hubbub.passkeys p WHERE p.id = keys ->> 'id') THEN
		RETURN 'known';
	ELSIF (SELECT count(*) FROM hubbub.passkeys p WHERE p.user_id = who) >= most_keys THEN
		RETURN 'full';
	ELSIF is_first AND EXISTS (
		SELECT FROM hubbub.account_names n WHERE n.skeleton = ANY (skeletons) AND n.user_id <> who
	) THEN
		RETURN 'name_taken';
	ELSIF is_first AND NOT EXISTS (SELECT FROM hubbub.people p WHERE p.user_id = who)
			AND (SELECT count(*) FROM hubbub.people) >= most_people THEN
		RETURN 'full';
	END IF;
	INSERT INTO hubbub.passkeys (id, user_id, device, public_key, counter, created_at)
		VALUES (keys ->> 'id', who, keys ->> 'device', keys ->> 'public_key', (keys ->> 'counter')::bigint, at);
	INSERT INTO hubbub.sessions
		SELECT session ->> 'id', who, session ->> 'device', (session ->> 'created_at')::bigint,
			(session ->> 'expires_at')::bigint
		ON CONFLICT DO NOTHING;
	IF NOT is_first THEN
		RETURN 'added';
	END IF;
	INSERT INTO hubbub.accounts VALUES (who, who_name, at);
	INSERT INTO hubbub.account_names SELECT skeleton, who FROM unnest(skeletons) AS skeleton;
	PERFORM hubbub.replace_recovery_codes(who, hashes, never);
	-- A guest becomes a member; a removed person stays removed.
	INSERT INTO hubbub.people AS p (user_id, name, role, since, rev)
		VALUES (who, who_name, 'member', at, (SELECT coalesce(max(o.rev), 0) + 1 FROM hubbub.people o))
		ON CONFLICT (user_id) DO UPDATE SET
			name = excluded.name,
			role = CASE p.role WHEN 'guest' THEN 'member' ELSE p.role END,
			since = CASE p.role WHEN 'guest' THEN excluded.since ELSE p.since END,
			rev = excluded.rev;
	RETURN 'first';
END
$$;

-- Returns 'removed', 'missing' or 'last'.
CREATE FUNCTION hubbub.remove_passkey(who text, key_id text) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
	LOCK TABLE hubbub.people IN SHARE ROW EXCLUSIVE MODE;
	IF NOT EXISTS (SELECT FROM hubbub.passkeys p WHERE p.id = key_id AND p.user_id = who) THEN
		RETURN 'missing';
	ELSIF (SELECT count(*) FROM hubbub.passkeys p WHERE p.user_id = who) = 1 THEN
		RETURN 'last';
	END IF;
	DELETE FROM hubbub.passkeys p WHERE p.id = key_id;
	RETURN 'removed';
END
$$;
`;
