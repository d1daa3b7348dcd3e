import { hash } from "node:crypto";
import { fold } from "../room/search/fold.ts";
import type { SearchQuery } from "../room/search/query.ts";
import { asciiWordsOf, type Segment, segmentsOf } from "../room/search/segments.ts";
import { contentsOf, type Searched, tokensNeededFor, tokensOf } from "../room/search/tokens.ts";
import { RecentValues } from "./recent-values.ts";

/** Characters of a message that are indexed. */
const MAX_INDEXED_CHARS = 16_000;
/** Words, and tokens, whose hashes are kept, so that most are computed once. */
const MAX_KEPT = 50_000;
const HASH_CHARS = 8;

/** What is indexed of a message. */
export type IndexedMessage = {
	/** The number of the room in its database. */
	roomId: number;
	author: { id: string; name: string };
} & Searched;

/** Keyed hashes of tokens: the index reveals no texts to those who have not the key. */
export class TokenHashes {
	readonly #key: string;
	readonly #words = new RecentValues(MAX_KEPT);
	readonly #tokens = new RecentValues(MAX_KEPT);

	constructor(key: string) {
		this.#key = key;
	}

	/** Returns the hashes of a message's tokens, with spaces between them. Some occur twice. */
	ofMessage({ roomId, author, ...content }: IndexedMessage): string {
		const body = fold((content.body ?? "").slice(0, MAX_INDEXED_CHARS));
		let hashes = this.ofRoom(roomId);
		for (const name of new Set([fold(author.name), fold(author.id)]))
			hashes += ` ${this.#of(filterToken("from", name))}`;
		for (const found of contentsOf(content)) hashes += ` ${this.#of(filterToken("has", found))}`;
		const words = asciiWordsOf(body);
		if (words) for (const word of words) hashes += ` ${this.#words.of(word, this.#ofWord)}`;
		else
			for (const segment of segmentsOf(body))
				hashes += ` ${segment.isRun ? this.#ofRun(segment) : this.#words.of(segment.text, this.#ofWord)}`;
		return hashes;
	}

	/** Returns the hashes that a message which matches has, all of them. Those of the rooms are alternatives. */
	ofQuery({ terms, from, has }: SearchQuery): string[] {
		const words = terms.flatMap(({ segments }) => segments.flatMap(tokensNeededFor));
		const filters = [
			...(from === undefined ? [] : [filterToken("from", from)]),
			...(has === undefined ? [] : [filterToken("has", has)]),
		];
		return [...new Set([...words, ...filters].map(this.#hash))];
	}

	ofRoom(roomId: number): string {
		return this.#of(filterToken("room", String(roomId)));
	}

	#of(token: string): string {
		return this.#tokens.of(token, this.#hash);
	}

	#ofRun(run: Segment): string {
		return tokensOf(run)
			.map((token) => this.#of(token))
			.join(" ");
	}

	readonly #ofWord = (text: string): string =>
		tokensOf({ text, isRun: false })
			.map((token) => this.#of(token))
			.join(" ");

	/** Of so few of the hash's characters nobody can continue it, so that it needs no HMAC, which takes six times as long. */
	readonly #hash = (token: string): string => hash("sha256", this.#key + token).slice(0, HASH_CHARS);
}

/** Returns a token that no text has: texts have no spaces. */
function filterToken(filter: "room" | "from" | "has", value: string): string {
	return `${filter} ${value}`;
}
