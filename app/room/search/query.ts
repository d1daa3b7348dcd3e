import { foldCase } from "../../protocol/fold-case.ts";
import type { SearchedContent, SearchPayload } from "../../protocol/search.ts";
import { fold } from "./fold.ts";
import { type Segment, segmentsOf } from "./segments.ts";
import { isSearchedContent } from "./tokens.ts";

/** Words of one search. */
const MAX_SEGMENTS = 20;

/** A word, which may be the beginning of one, or a phrase. */
export type Term = { segments: Segment[]; isPhrase: boolean };

/** A search as the index and {@link matchOf} use it. */
export type SearchQuery = {
	terms: Term[];
	/** The only room to search. */
	room?: string | undefined;
	/** A name or an id, folded. */
	from?: string | undefined;
	before?: number | undefined;
	after?: number | undefined;
	has?: SearchedContent | undefined;
};

/** A filter, whose value may be in quotes; a phrase; or a word. */
const PARTS =
	/(?<name>from|in|before|after|has):(?:"(?<quoted>[^"]*)"|(?<value>\S+))|"(?<phrase>[^"]*)"?|(?<word>[^\s"]+)/giu;
const DATE = /^\d{4}-\d\d-\d\d$/;

/** Returns the search that a payload describes. A filter with a value that is none is searched for as words. */
export function queryOf({ text, room, from, before, after, has }: SearchPayload): SearchQuery {
	const query: SearchQuery = { terms: [], room, from, before, after, has };
	let left = MAX_SEGMENTS;
	function add(words: string, isPhrase: boolean): void {
		const segments = segmentsOf(fold(words)).slice(0, left);
		left -= segments.length;
		if (isPhrase && segments.length > 0) query.terms.push({ segments, isPhrase });
		if (!isPhrase) for (const segment of segments) query.terms.push({ segments: [segment], isPhrase });
	}
	for (const { 0: part, groups = {} } of text.matchAll(PARTS)) {
		const { name, quoted, value = quoted ?? "", phrase, word } = groups;
		if (phrase !== undefined) add(phrase, true);
		else if (word !== undefined) add(word, false);
		else if (!setFilter(query, name!.toLowerCase(), value)) add(part, false);
	}
	return {
		...query,
		from: query.from === undefined ? undefined : fold(query.from).trim(),
		room: query.room === undefined ? undefined : foldCase(query.room),
	};
}

function setFilter(query: SearchQuery, name: string, value: string): boolean {
	if (value === "") return false;
	if (name === "from") query.from = value;
	else if (name === "in") query.room = value.replace(/^#/, "");
	else if (name === "has" && isSearchedContent(value.toLowerCase())) query.has = value.toLowerCase() as SearchedContent;
	else if ((name === "before" || name === "after") && DATE.test(value) && !Number.isNaN(Date.parse(value)))
		query[name] = Date.parse(value);
	else return false;
	return true;
}

/** Whether a search says anything to look for. */
export function isEmpty({ terms, from, before, after, has }: SearchQuery): boolean {
	return terms.length === 0 && [from, before, after, has].every((filter) => filter === undefined);
}
