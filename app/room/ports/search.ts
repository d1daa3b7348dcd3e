import type { SearchHit } from "../../protocol/search.ts";
import type { SearchQuery } from "../search/query.ts";

export type SearchRequest = {
	query: SearchQuery;
	/** Open rooms to search, beside the private rooms of which the viewer is a member. A room that `query` names is the only one. */
	rooms: readonly string[];
	/** That of the former page. */
	cursor?: string | undefined;
	limit: number;
	/** The id of the user who searches. */
	viewer: string;
};

/** An index of all messages. It follows the log: an entry is indexed some time after its commit. */
export interface SearchIndex {
	/**
	 * Returns messages that match and that the viewer may read now, newest first, in their current state: each is read from the
	 * log and compared again. With a `cursor` there may be more, also after a page without hits.
	 */
	search(request: SearchRequest): Promise<{ hits: SearchHit[]; cursor?: string }>;
	/**
	 * Indexes some of the entries that are not indexed. Of several processes one does it at a time. Returns the number, and
	 * whether there may be more.
	 */
	indexStep(): Promise<{ indexed: number; more: boolean }>;
	/** Empties the index, so that it is built again. */
	clearIndex(): Promise<void>;
}
