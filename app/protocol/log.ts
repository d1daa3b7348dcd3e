import type { Message } from "./message.ts";

/**
 * One entry of a room's log. `erased` replaces a message whose text has been removed since, so that the numbering has no
 * hole. A client skips a kind that it does not know.
 */
export type Entry =
	| ({ kind: "message" } & Message)
	| { kind: "removal"; seq: number; target: number; createdAt: number }
	| { kind: "erased"; seq: number; createdAt: number };

/** A position in a room's log: the last `seq` seen, and the `epoch` it was seen in. */
export type Cursor = { epoch: string; seq: number };

/** `room:appended`: entries that were added to a room's log. */
export type RoomAppended = {
	room: string;
	/** Ascending and consecutive. */
	entries: Entry[];
};

/** `log:since`. */
export type SincePayload = { room: string; after: number };
/** A page of the log: ascending and consecutive. `more` is whether later entries exist. */
export type SinceData = { entries: Entry[]; more: boolean };
