import type { SearchIndex, SearchRequest } from "../../room/ports/search.ts";
import { TokenHashes } from "../token-hashes.ts";
import type { Connections } from "./connections.ts";
import { readSearchKey, search } from "./search.ts";
import { clearIndex, indexStep } from "./search-indexer.ts";

/** Runs work with the connections of searches. */
type Run = <T>(work: (connections: Connections) => Promise<T>) => Promise<T>;

/** The index in a PostgreSQL database. */
export class PostgresSearchIndex implements SearchIndex {
	readonly #run: Run;
	#hashes: TokenHashes | undefined;

	constructor(run: Run) {
		this.#run = run;
	}

	search(request: SearchRequest) {
		return this.#run(async (connections) => search(connections, await this.#hashesOf(connections), request));
	}

	indexStep() {
		return this.#run(async (connections) => indexStep(connections, await this.#hashesOf(connections)));
	}

	clearIndex() {
		return this.#run(clearIndex);
	}

	async #hashesOf(connections: Connections): Promise<TokenHashes> {
		this.#hashes ??= new TokenHashes(await readSearchKey(connections));
		return this.#hashes;
	}
}
