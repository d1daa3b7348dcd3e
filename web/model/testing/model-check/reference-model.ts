/** The messages that must be stored at the end. */
export class ReferenceModel {
	/** Messages of other clients that have their acks. */
	readonly others: { room: string; seq: number; text: string }[] = [];
	/** Messages of the page's user, in order. */
	readonly written: { room: string; text: string; isRefused: boolean; fate: "kept" | "discarded" | "left" }[] = [];
	readonly removed = new Set<string>();

	addStored(room: string, seq: number, text: string): void {
		this.others.push({ room, seq, text });
	}

	addWritten(room: string, text: string, isRefused: boolean): void {
		this.written.push({ room, text, isRefused, fate: "kept" });
	}

	discard(room: string, text: string): void {
		for (const one of this.written) if (one.room === room && one.text === text) one.fate = "discarded";
	}

	/** Messages that were pending when the room was left may be stored or not. */
	leave(room: string): void {
		for (const one of this.written) if (one.room === room) one.fate = "left";
	}

	remove(text: string): void {
		this.removed.add(text);
	}

	/** Returns the newest message of other clients in the room that was not removed. */
	lastOf(room: string): string | undefined {
		return this.others.findLast((one) => one.room === room && !this.removed.has(one.text))?.text;
	}
}
