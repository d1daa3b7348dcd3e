/** People with a passkey: their names, passkeys, recovery codes and sign-in links, and sessions. */
export const accounts = `
CREATE TABLE accounts (
	user_id    TEXT PRIMARY KEY,
	name       TEXT NOT NULL,
	created_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- The skeletons of the names of accounts: a name that looks like one of them is taken.
CREATE TABLE account_names (
	skeleton TEXT PRIMARY KEY,
	user_id  TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE passkeys (
	id            TEXT PRIMARY KEY,
	user_id       TEXT NOT NULL,
	device        TEXT NOT NULL,
	-- COSE, base64url.
	public_key    TEXT NOT NULL,
	counter       INTEGER NOT NULL,
	created_at    INTEGER NOT NULL,
	used_at       INTEGER,
	-- When the challenge of the last use was issued: none is used twice.
	challenged_at INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;
CREATE INDEX passkeys_by_user ON passkeys (user_id, created_at);

CREATE TABLE sign_in_codes (
	-- SHA-256 of the code, hex. The code is stored nowhere.
	code_hash  TEXT PRIMARY KEY,
	user_id    TEXT NOT NULL,
	name       TEXT NOT NULL,
	-- 'recovery' or 'link'.
	kind       TEXT NOT NULL,
	expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX sign_in_codes_by_user ON sign_in_codes (user_id, kind);

CREATE TABLE sessions (
	id         TEXT PRIMARY KEY,
	user_id    TEXT NOT NULL,
	device     TEXT NOT NULL,
	created_at INTEGER NOT NULL,
	expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX sessions_by_user ON sessions (user_id, created_at);
`;
