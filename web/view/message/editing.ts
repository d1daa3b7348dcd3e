import { type ReadonlySignal, type Signal, signal } from "@preact/signals";
import type { MessageItem } from "../../model/item.ts";
import type { Room } from "../../model/room.ts";

/** A message whose text is being changed. */
export type Edit = {
	/** The key of the message. */
	key: string;
	/** The new text so far. */
	text: Signal<string>;
	/** Where the focus goes afterwards. */
	from: "composer" | "message";
};

/** Kept while the user is in another room. */
const edits = new WeakMap<Room, Signal<Edit | undefined>>();

/** The edit that has been started in the room. */
export function editIn(room: Room): ReadonlySignal<Edit | undefined> {
	return signalOf(room);
}

/** Starts to edit a message; again with the text that was written if that could not be saved. */
export function startEdit(room: Room, item: MessageItem, from: Edit["from"]): void {
	if (!isEditable(item)) return;
	const text = item.edit?.state === "failed" ? item.edit.body : item.content.body!;
	signalOf(room).value = { key: item.key, text: signal(text), from };
}

export function endEdit(room: Room): void {
	signalOf(room).value = undefined;
}

/** Whether the user may change the text. */
export function isEditable({ mine, content }: MessageItem): boolean {
	return mine && content.body !== undefined;
}

function signalOf(room: Room): Signal<Edit | undefined> {
	const known = edits.get(room);
	if (known) return known;
	const created = signal<Edit | undefined>(undefined);
	edits.set(room, created);
	return created;
}
