import { effect } from "@preact/signals";
import type { MessageItem } from "../../item.ts";
import type { Room } from "../../room.ts";
import { idOf } from "./reference-model.ts";

/** What a room showed at one moment. */
export type Moment = {
	room: string;
	/** Ids of messages, as `written`. */
	ids: string[];
	/** Drawn messages of the log, ascending. */
	seqs: number[];
	/** Messages written on this page in the room until then, without discarded ones. */
	written: string[];
	/** Whether the end of the log was outside the window. */
	isAway: boolean;
};

/** Records what a page shows, each time it changes. */
export class ScreenRecorder {
	readonly moments: Moment[] = [];
	/** Violations that are visible at once. */
	readonly violations: string[] = [];
	readonly #stops = new Map<Room, () => void>();
	readonly #written = new Map<Room, Set<string>>();

	/** Records these rooms, and no others. */
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
				effect(() => this.#record(room, messagesOf(room), room.hasNewer.value)),
			);
		}
	}

	/** Call this when the user writes a message. */
	write(room: Room, text: string): void {
		this.#written.get(room)?.add(idOf(text));
	}

	/** Call this when the user discards or removes a message. */
	discard(room: Room, text: string): void {
		this.#written.get(room)?.delete(idOf(text));
	}

	#record(room: Room, messages: MessageItem[], isAway: boolean): void {
		const ids = messages.map(({ content }) => idOf(content.body!));
		const seqs = messages.flatMap(({ seq }) => seq ?? []);
		const screen = `${room.name}: ${messages.map(({ seq, content, state }) => `${seq ?? state} "${content.body!.slice(0, 20)}"`).join(", ")}`;
		if (new Set(ids).size < ids.length) this.violations.push(`A message is drawn twice. ${screen}`);
		if (new Set(messages.map(({ key }) => key)).size < messages.length)
			this.violations.push(`A key is used twice. ${screen}`);
		if (seqs.some((seq, index) => index > 0 && seq <= seqs[index - 1]!))
			this.violations.push(`Out of order. ${screen}`);
		// An own message whose ack arrives before its entry is drawn after the log until then.
		const drawn = messages.flatMap(({ seq, clientId }) => (clientId === undefined ? (seq ?? []) : []));
		const written = [...(this.#written.get(room) ?? [])];
		this.moments.push({ room: room.name, ids, seqs: drawn, written, isAway });
	}
}

export function messagesOf(room: Room): MessageItem[] {
	return room.items.value.filter((item) => item.kind === "message");
}
