/** Every text begins with the two words that identify its message; an edit changes the rest. */
export function idOf(text: string): string {
	return text.split(" ", 2).join(" ");
}

type Written = {
	room: string;
	text: string;
	isRefused: boolean;
	/** Queued again after later messages. */
	isRetried: boolean;
	fate: "kept" | "discarded" | "left";
};

/** The messages that must be stored at the end. */
export class ReferenceModel {
	/** Messages of other clients that have their acks. */
	readonly others: { room: string; seq: number; text: string }[] = [];
	/** Messages of the page's user, in order. */
	readonly written: Written[] = [];
	/** Ids of messages. */
	readonly removed = new Set<string>();
	/** The rooms of those that the page removed. */
	readonly #removedOnPage = new Map<string, string>();
	readonly #left = new Set<string>();

	addStored(room: string, seq: number, text: string): void {
		this.others.push({ room, seq, text });
	}

	addWritten(room: string, text: string, isRefused: boolean): void {
		this.written.push({ room, text, isRefused, isRetried: false, fate: "kept" });
	}

	discard(room: string, text: string): void {
		for (const one of this.#same(room, text)) one.fate = "discarded";
	}

	/** `isRetry`: the message had failed, and is queued again with the new text. */
	edit(room: string, text: string, isRetry: boolean): void {
		for (const one of this.#same(room, text)) {
			one.text = text;
			if (isRetry) [one.isRefused, one.isRetried] = [false, true];
		}
	}

	/** A reply is refused if the message that it replies to is removed meanwhile. */
	mayFail(room: string, text: string): void {
		for (const one of this.#same(room, text)) one.fate = "left";
	}

	/** Messages and removals that were pending when the room was left may be stored or not. */
	leave(room: string): void {
		for (const one of this.written) if (one.room === room) one.fate = "left";
		for (const [id, of] of this.#removedOnPage) if (of === room) this.#left.add(id);
	}

	remove(text: string): void {
		this.removed.add(idOf(text));
		this.#left.delete(idOf(text));
	}

	/** The page has removed a message; the removal is pending. */
	removeOnPage(room: string, text: string): void {
		if (!this.isRemoved(text)) this.#removedOnPage.set(idOf(text), room);
		this.removed.add(idOf(text));
	}

	/** Ids of messages that must not be stored at the end. */
	get gone(): string[] {
		return [...this.removed].filter((id) => !this.#left.has(id));
	}

	isRemoved(text: string): boolean {
		return this.removed.has(idOf(text));
	}

	/** Returns the newest message of other clients in the room that was not removed. */
	lastOf(room: string): string | undefined {
		return this.others.findLast((one) => one.room === room && !this.isRemoved(one.text))?.text;
	}

	#same(room: string, text: string): Written[] {
		return this.written.filter((one) => one.room === room && idOf(one.text) === idOf(text));
	}
}
