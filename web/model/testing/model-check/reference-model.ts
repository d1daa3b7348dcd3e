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

	/** Messages that were pending when the room was left may be stored or not. */
	leave(room: string): void {
		for (const one of this.written) if (one.room === room) one.fate = "left";
	}

	remove(text: string): void {
		this.removed.add(idOf(text));
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
