import { type ReadonlySignal, signal } from "@preact/signals";
import type { Room } from "../../model/room.ts";

/** The room's name and the seq of the first message. */
export type ThreadChoice = { room: string; root: number };

const chosen = signal<ThreadChoice | undefined>(undefined);

/** The thread that the panel shows: a new object for each `showThread`. */
export const openThread: ReadonlySignal<ThreadChoice | undefined> = chosen;

/** Opens the panel with the thread whose first message has this seq. */
export function showThread(room: Room, root: number): void {
	chosen.value = { room: room.name, root };
}
