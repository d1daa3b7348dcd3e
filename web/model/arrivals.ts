import type { Entry } from "../../app/protocol/log.ts";
import type { SentMessage } from "../../app/protocol/message.ts";

type Listener = (messages: readonly SentMessage[]) => void;

/** Tells listeners of the messages of others that have just arrived in a room. */
export class Arrivals {
	/** The id of the signed-in user. */
	readonly #me: string;
	readonly #listeners = new Set<Listener>();

	constructor(me: string) {
		this.#me = me;
	}

	/** Returns a function that removes the listener. */
	listen(listener: Listener): () => void {
		this.#listeners.add(listener);
		return () => this.#listeners.delete(listener);
	}

	receive(entries: readonly Entry[]): void {
		const messages = entries.filter((entry) => entry.kind === "message").filter(({ author }) => author.id !== this.#me);
		if (messages.length > 0) for (const listener of this.#listeners) listener(messages);
	}
}
