import type { Message } from "./message.ts";

/** What a message may contain beside its text. */
export const SEARCHED_CONTENT = ["file", "link", "location"] as const;
export type SearchedContent = (typeof SEARCHED_CONTENT)[number];

/**
 * `search:query`. `text` has words, of which a message has to have every one, as a beginning of a word or in quotes as a
 * phrase. It may also have the filters: `from:ada in:lobby has:link before:2026-11-01 after:2026-10-01`.
 */
export type SearchPayload = {
	text: string;
	/** Default: the rooms that the connection is in. */
	room?: string | undefined;
	/** The name or the id of the author. */
	from?: string | undefined;
	/** Times in milliseconds since 1970: messages that were sent before, and at or after. */
	before?: number | undefined;
	after?: number | undefined;
	has?: SearchedContent | undefined;
	/** That of the former page. */
	cursor?: string | undefined;
};

/** A message that was found, and the parts of its text that match: offsets in UTF-16 code units, ascending. */
export type SearchHit = { room: string; message: Message; ranges: [start: number, end: number][] };

/** A page of hits, newest first. With a `cursor` there may be more. */
export type SearchData = { hits: SearchHit[]; cursor?: string };
