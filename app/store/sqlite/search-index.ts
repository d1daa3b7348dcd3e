import type { SearchIndex, SearchRequest } from "../../room/ports/search.ts";
import { StoreUnavailable } from "../../room/ports/store.ts";
import type { SearchCalls } from "./search.ts";
import { StorageThread } from "./storage-thread.ts";

/** Time after which a search is refused as unavailable. */
const DEADLINE_MS = 10_000;

/** The index of a SQLite file: a file beside it, on a thread of its own. */
export class SqliteSearchIndex implements SearchIndex {
	readonly #path: string;
	#started: StorageThread<SearchCalls> | undefined;
	#isClosed = false;

	constructor(path: string) {
		this.#path = path;
	}

	/** Started by the first search, or when the first entries are indexed. */
	get #thread(): StorageThread<SearchCalls> {
		if (this.#isClosed) throw new StoreUnavailable("The store is closed.");
		this.#started ??= StorageThread.begin({ role: "search", path: this.#path });
		return this.#started;
	}

	async search(request: SearchRequest) {
		return this.#thread.call("search", [request], DEADLINE_MS);
	}

	async indexStep() {
		return this.#thread.call("indexStep", []);
	}

	async clearIndex() {
		return this.#thread.call("clearIndex", []);
	}

	/** Drops deleted messages, in steps, until `isOver` returns true. If it fails they stay: a hit is read from the log, which has none of them. */
	async sweep(isOver: () => boolean): Promise<void> {
		try {
			for (let after: number | undefined = 0; after !== undefined && !isOver(); )
				after = await this.#thread.call("sweepIndex", [after]);
		} catch (error) {
			if (!(error instanceof StoreUnavailable)) throw error;
		}
	}

	async close(): Promise<void> {
		this.#isClosed = true;
		await this.#started?.close();
	}
}
