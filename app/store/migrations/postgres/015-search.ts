/** The index of all messages: hashes of their words, with a key. Followers of the log have a place per room. */
export const search = `
INSERT INTO hubbub.meta (key, value)
VALUES ('search_key', replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', ''));

CREATE TABLE hubbub.followers (
	name    text NOT NULL,
	room_id bigint NOT NULL REFERENCES hubbub.rooms (id),
	-- That of the last entry that the follower has processed.
	seq     bigint NOT NULL,
	PRIMARY KEY (room_id, name)
);

CREATE TABLE hubbub.search (
	room_id    bigint NOT NULL REFERENCES hubbub.rooms (id),
	-- The message's.
	seq        bigint NOT NULL,
	created_at bigint NOT NULL,
	hashes     tsvector NOT NULL,
	PRIMARY KEY (room_id, seq)
);
CREATE INDEX search_by_hash ON hubbub.search USING gin (hashes);
`;
