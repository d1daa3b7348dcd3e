/** Messages beyond {@link MAX_READ} within this time are counted instead of read. */
export const FOLD_MS = 2_000;
/** Messages within {@link FOLD_MS} that are read one by one. */
export const MAX_READ = 3;

/** Decides what screen readers read of the messages that arrive: each sentence, or the number of messages of a burst. */
export class MessageAnnouncer {
	readonly #announce: (sentence: string) => void;
	/** Messages that were read in the current interval, and those that are counted at its end. */
	#read = 0;
	#held: string[] = [];
	#interval: ReturnType<typeof setTimeout> | undefined;

	constructor(announce: (sentence: string) => void) {
		this.#announce = announce;
	}

	/** Call this with a sentence for each message that has arrived, those of one packet together. */
	receive(sentences: readonly string[]): void {
		if (sentences.length === 0) return;
		if (this.#held.length === 0 && this.#read + sentences.length <= MAX_READ) {
			this.#read += sentences.length;
			for (const sentence of sentences) this.#announce(sentence);
		} else this.#held.push(...sentences);
		this.#interval ??= setTimeout(() => this.#end(), FOLD_MS);
	}

	/** Drops what has not been read: the room is no longer open. */
	stop(): void {
		clearTimeout(this.#interval);
		this.#interval = undefined;
		this.#held = [];
		this.#read = 0;
	}

	#end(): void {
		const held = this.#held;
		this.stop();
		if (held.length === 1) this.#announce(held[0]!);
		else if (held.length > 1) this.#announce(`${held.length} new messages`);
		// A burst that continues stays folded.
		if (held.length > 1) {
			this.#read = MAX_READ;
			this.#interval = setTimeout(() => this.#end(), FOLD_MS);
		}
	}
}
