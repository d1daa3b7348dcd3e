/**
 * `entries` is both the log and the current state of its messages, as in SQLite. A room whose `name` is null has been
 * removed, and its entries are being deleted.
 *
 * `rooms` has no index over `active_at` and a low fill factor, so that the update of a room's row in each commit stays
 * within the page and changes no index.
 */
export const roomsAndEntries = `
CREATE SCHEMA hubbub;

CREATE TABLE hubbub.meta (
	key   text PRIMARY KEY,
	value text NOT NULL
);

CREATE TABLE hubbub.rooms (
	id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	name       text UNIQUE,
	epoch      text NOT NULL,
	seq        bigint NOT NULL DEFAULT 0,
	floor      bigint NOT NULL DEFAULT 0,
	created_at bigint NOT NULL,
	active_at  bigint NOT NULL
) WITH (fillfactor = 50);

CREATE TABLE hubbub.entries (
	room_id     bigint NOT NULL REFERENCES hubbub.rooms (id),
	seq         bigint NOT NULL,
	-- 'message', 'removal', or 'erased': a message that was taken back.
	kind        text NOT NULL,
	created_at  bigint NOT NULL,
	author_id   text,
	author_name text,
	client_id   text,
	body        text,
	latitude    double precision,
	longitude   double precision,
	accuracy    double precision,
	-- A removal's: the seq of the message that it takes back.
	target      bigint,
	-- An erased message's: the seq of the removal that took it back.
	removed_by  bigint,
	PRIMARY KEY (room_id, seq)
);
CREATE UNIQUE INDEX entries_by_client_id ON hubbub.entries (author_id, client_id) WHERE client_id IS NOT NULL;

CREATE TABLE hubbub.revoked_sessions (
	id         text PRIMARY KEY,
	expires_at bigint NOT NULL
);
CREATE INDEX revoked_sessions_by_expiry ON hubbub.revoked_sessions (expires_at);
`;
