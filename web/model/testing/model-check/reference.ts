/** What should be stored, by the simplest of models: who said what, and what was taken back. */
export class Reference {
	/** What others were told is stored. */
	readonly others: { room: string; seq: number; text: string }[] = [];
	/** What the person wrote, in order. */
	readonly written: { room: string; text: string; isRefused: boolean; fate: "kept" | "discarded" | "left" }[] = [];
	readonly removed = new Set<string>();

	stored(room: string, seq: number, text: string): void {
		this.others.push({ room, seq, text });
	}

	wrote(room: string, text: string, isRefused: boolean): void {
		this.written.push({ room, text, isRefused, fate: "kept" });
	}

	discards(room: string, text: string): void {
		for (const one of this.written) if (one.room === room && one.text === text) one.fate = "discarded";
	}

	/** What was not sent by then never will be, or just was. */
	leaves(room: string): void {
		for (const one of this.written) if (one.room === room) one.fate = "left";
	}

	removes(text: string): void {
		this.removed.add(text);
	}

	/** The newest thing that another has said in a room, and that is still there. */
	lastOf(room: string): string | undefined {
		return this.others.findLast((one) => one.room === room && !this.removed.has(one.text))?.text;
	}
}
