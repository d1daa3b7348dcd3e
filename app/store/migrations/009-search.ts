/** The key of the search index, which is a file of its own: its hashes of words say nothing without this one. */
export const search = `
INSERT INTO meta (key, value) VALUES ('search_key', lower(hex(randomblob(32))));
`;
