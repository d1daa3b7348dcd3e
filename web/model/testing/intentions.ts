/** What the user of a page wants to be stored at the end, by the id of each message. */
export class Intentions {
	/** In the order of writing. */
	readonly written: string[] = [];
	/** Ids of messages that the server has refused. */
	readonly failed = new Set<string>();
	readonly #removed = new Set<string>();
	readonly #texts = new Map<string, string>();
	readonly #reactions = new Map<string, { id: string; emoji: string; on: boolean }>();
	/** Messages that were queued again, after later ones. */
	readonly #reordered = new Set<string>();

	write(id: string, text: string): void {
		this.written.push(id);
		this.#texts.set(id, text);
	}

	edit(id: string, text: string, isRetry: boolean): void {
		this.#texts.set(id, text);
		if (!isRetry) return;
		this.failed.delete(id);
		this.#reordered.add(id);
	}

	remove(id: string): void {
		this.#removed.add(id);
		this.failed.delete(id);
	}

	undoRemoval(id: string): void {
		this.#removed.delete(id);
	}

	isRemoved(id: string): boolean {
		return this.#removed.has(id);
	}

	react(id: string, emoji: string, on: boolean): void {
		this.#reactions.set(`${id} ${emoji}`, { id, emoji, on });
	}

	/** The message was refused permanently. */
	refused(id: string): void {
		if (!this.#removed.has(id)) this.failed.add(id);
	}

	/** The text was refused, or another client has changed it too. */
	forgetText(id: string): void {
		this.#texts.delete(id);
	}

	/** Another client has changed the reaction of the user too. */
	forgetReaction(id: string, emoji: string): void {
		this.#reactions.delete(`${id} ${emoji}`);
	}

	/** The texts that must be stored, by id. */
	get texts(): [string, string][] {
		return [...this.#texts].filter(([id]) => !this.#removed.has(id) && !this.failed.has(id));
	}

	get reactions(): { id: string; emoji: string; on: boolean }[] {
		return [...this.#reactions.values()].filter(({ id }) => !this.#removed.has(id) && !this.failed.has(id));
	}

	/** The ids of messages that must be stored in this order. */
	get order(): string[] {
		return this.written.filter((id) => !this.#reordered.has(id));
	}

	get removed(): string[] {
		return [...this.#removed];
	}
}
