import { effect } from "@preact/signals";
import type { MessageItem } from "../../item.ts";
import type { Room } from "../../room.ts";

/** What one room had on screen at one moment. */
export type Moment = {
	room: string;
	texts: string[];
	/** Messages of the log, as drawn: ascending. */
	seqs: number[];
	/** What had been written on this page in this room by then, and not been discarded. */
	written: string[];
	/** Whether the end of the log was out of the window. */
	isAway: boolean;
};

/** Looks at a page each time that it changes. */
export class Witness {
	readonly moments: Moment[] = [];
	/** What must not be seen, as soon as it is seen. */
	readonly complaints: string[] = [];
	readonly #stops = new Map<Room, () => void>();
	readonly #written = new Map<Room, Set<string>>();

	/** Watches these rooms and no others from now on. */
	watch(rooms: readonly Room[]): void {
		for (const [room, stop] of this.#stops) {
			if (rooms.includes(room)) continue;
			stop();
			this.#stops.delete(room);
		}
		for (const room of rooms) {
			if (this.#stops.has(room)) continue;
			this.#written.set(room, new Set());
			this.#stops.set(
				room,
				effect(() => this.#look(room, messagesOf(room), room.hasNewer.value)),
			);
		}
	}

	/** The person writes this now, on this page. */
	writes(room: Room, text: string): void {
		this.#written.get(room)?.add(text);
	}

	discards(room: Room, text: string): void {
		this.#written.get(room)?.delete(text);
	}

	#look(room: Room, messages: MessageItem[], isAway: boolean): void {
		const texts = messages.map(({ content }) => content.body!);
		const seqs = messages.flatMap(({ seq }) => seq ?? []);
		const screen = `${room.name}: ${messages.map(({ seq, content, state }) => `${seq ?? state} "${content.body!.slice(0, 20)}"`).join(", ")}`;
		if (new Set(texts).size < texts.length) this.complaints.push(`Something is on screen twice. ${screen}`);
		if (new Set(messages.map(({ key }) => key)).size < messages.length) this.complaints.push(`A key twice. ${screen}`);
		if (seqs.some((seq, index) => index > 0 && seq <= seqs[index - 1]!))
			this.complaints.push(`Out of order. ${screen}`);
		// An own message whose ack came before its entry stands below the log until the log has come that far.
		const drawn = messages.flatMap(({ seq, clientId }) => (clientId === undefined ? (seq ?? []) : []));
		const written = [...(this.#written.get(room) ?? [])];
		this.moments.push({ room: room.name, texts, seqs: drawn, written, isAway });
	}
}

export function messagesOf(room: Room): MessageItem[] {
	return room.items.value.filter((item) => item.kind === "message");
}
