import { signal } from "@preact/signals";

/** The thread that the panel shows: the room's name and the seq of the first message. */
export const openThread = signal<{ room: string; root: number } | undefined>(undefined);
