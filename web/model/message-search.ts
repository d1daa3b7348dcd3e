import { type ReadonlySignal, signal } from "@preact/signals";
import type { Ack, Refusal } from "../../app/protocol/refusal.ts";
import type { SearchData, SearchHit, SearchPayload } from "../../app/protocol/search.ts";

/** `offline`: without a connection. `refused`: with the server's sentence. */
export type SearchState =
	| { phase: "empty" }
	| { phase: "searching" }
	| { phase: "found"; more: boolean }
	| { phase: "offline" }
	| { phase: "refused"; refusal: Refusal };

/** Requests for pages without a hit, of which a search for rare words among frequent ones may have many. */
const MAX_EMPTY_PAGES = 5;

export type SearchDeps = {
	request: (payload: SearchPayload) => Promise<Ack<SearchData>>;
	isOnline: () => boolean;
};

/** A search over the messages that the user may read, and its hits so far. A later search replaces one in progress. */
export class MessageSearch {
	readonly #deps: SearchDeps;
	readonly #text = signal("");
	readonly #state = signal<SearchState>({ phase: "empty" });
	readonly #hits = signal<readonly SearchHit[]>([]);
	#cursor: string | undefined;
	#attempt = 0;

	constructor(deps: SearchDeps) {
		this.#deps = deps;
	}

	/** What was searched for. */
	get text(): ReadonlySignal<string> {
		return this.#text;
	}
	get state(): ReadonlySignal<SearchState> {
		return this.#state;
	}
	/** Newest first. */
	get hits(): ReadonlySignal<readonly SearchHit[]> {
		return this.#hits;
	}

	/** Searches from the beginning. An empty text shows nothing. */
	async search(text: string): Promise<void> {
		this.#attempt++;
		this.#text.value = text;
		this.#cursor = undefined;
		this.#hits.value = [];
		if (text.trim() === "") this.#state.value = { phase: "empty" };
		else await this.#load();
	}

	/** Loads the next page, or repeats a search that failed. */
	async more(): Promise<void> {
		this.#attempt++;
		await this.#load();
	}

	async #load(): Promise<void> {
		const attempt = this.#attempt;
		if (!this.#deps.isOnline()) {
			this.#state.value = { phase: "offline" };
			return;
		}
		this.#state.value = { phase: "searching" };
		for (let page = 1; ; page++) {
			const cursor = this.#cursor === undefined ? {} : { cursor: this.#cursor };
			const ack = await this.#deps.request({ text: this.#text.peek(), ...cursor });
			if (attempt !== this.#attempt) return;
			if (!ack.ok) {
				this.#state.value = this.#deps.isOnline() ? { phase: "refused", refusal: ack.error } : { phase: "offline" };
				return;
			}
			const { hits } = ack.data;
			this.#cursor = ack.data.cursor;
			this.#hits.value = [...this.#hits.peek(), ...hits];
			if (hits.length > 0 || this.#cursor === undefined || page === MAX_EMPTY_PAGES) break;
		}
		this.#state.value = { phase: "found", more: this.#cursor !== undefined };
	}
}
