import { hash } from "node:crypto";
import { fold } from "../room/search/fold.ts";
import type { SearchQuery } from "../room/search/query.ts";
import { type Segment, segmentsOf } from "../room/search/segments.ts";
import { contentsOf, type Searched, tokensNeededFor, tokensOf } from "../room/search/tokens.ts";

/** Characters of a message that are indexed. */
const MAX_INDEXED_CHARS = 16_000;
/** Words whose hashes are kept, so that most are computed once. */
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
	readonly #kept = new Map<string, readonly string[]>();

	constructor(key: string) {
		this.#key = key;
	}

	/** Returns the hashes of a message's tokens, each once. */
	ofMessage({ roomId, author, ...content }: IndexedMessage): string[] {
		const hashes = new Set<string>();
		const add = (found: readonly string[]) => {
			for (const hash of found) hashes.add(hash);
		};
		for (const segment of segmentsOf(fold((content.body ?? "").slice(0, MAX_INDEXED_CHARS))))
			add(segment.isRun ? tokensOf(segment).flatMap((token) => this.#of(token)) : this.#of(segment.text, segment));
		add(this.#of(filterToken("room", String(roomId))));
		add(this.#of(filterToken("from", fold(author.name))));
		add(this.#of(filterToken("from", fold(author.id))));
		for (const found of contentsOf(content)) add(this.#of(filterToken("has", found)));
		return [...hashes];
	}

	/** Returns the hashes that a message which matches has, all of them. Those of the rooms are alternatives. */
	ofQuery({ terms, from, has }: SearchQuery): string[] {
		const words = terms.flatMap(({ segments }) => segments.flatMap(tokensNeededFor));
		const filters = [
			...(from === undefined ? [] : [filterToken("from", from)]),
			...(has === undefined ? [] : [filterToken("has", has)]),
		];
		return [...new Set([...words, ...filters].map((token) => this.#hash(token)))];
	}

	ofRoom(roomId: number): string {
		return this.#hash(filterToken("room", String(roomId)));
	}

	/** Returns the hashes of a word's tokens, or of one token. */
	#of(text: string, word?: Segment): readonly string[] {
		const known = this.#kept.get(text);
		if (known) return known;
		const hashes = word ? tokensOf(word).map((token) => this.#hash(token)) : [this.#hash(text)];
		if (this.#kept.size >= MAX_KEPT) this.#kept.clear();
		this.#kept.set(text, hashes);
		return hashes;
	}

	/** Of so few of the hash's characters nobody can continue it, so that it needs no HMAC, which takes six times as long. */
	#hash(token: string): string {
		return hash("sha256", this.#key + token).slice(0, HASH_CHARS);
	}
}

/** Returns a token that no text has: texts have no spaces. */
function filterToken(filter: "room" | "from" | "has", value: string): string {
	return `${filter} ${value}`;
}
