import type { Content, Cursor, Refusal } from "../../app/protocol.ts";

/**
 * `queued`, waits for the line or its turn; `sending`, on its way; `stored`, the server has committed it;
 * `failed`, refused for good: it stays until it is retried or discarded.
 */
export type PendingState = "queued" | "sending" | "stored" | "failed";

/** A message of ours that the room's log has not shown us yet. */
export type PendingMessage = {
	/** A random UUID; the server stores `(author, clientId)` once (rule M2). */
	clientId: string;
	room: string;
	content: Content;
	/** By this device's clock, milliseconds since 1970. */
	createdAt: number;
	state: PendingState;
	/** Why it failed. */
	refusal?: Refusal;
	/** Where the room's log has it; known once `stored`. */
	seq?: number;
	/**
	 * The room's head before it may have been sent; undefined while it was certainly never sent. Own entries after it
	 * may be this very message, until an ack tells (rule M4).
	 */
	after?: Cursor | "unknown";
};

/** What is kept of a pending message over a reload and a closed tab. */
export type StoredPending = Pick<PendingMessage, "clientId" | "room" | "content" | "createdAt" | "refusal"> & {
	userId: string;
	userName: string;
	/** Ascending in the order in which they were written. */
	order: number;
	after?: Cursor;
};

/**
 * Where pending messages outlive the page. Each belongs to one living tab, which alone sends and shows it. Methods
 * reject where the device can't store; the outbox then goes on in memory.
 */
export type PendingStore = {
	put(record: StoredPending): Promise<void>;
	remove(clientId: string): Promise<void>;
	/** Takes over, ascending, everything that belongs to no living tab. */
	adopt(): Promise<StoredPending[]>;
	/** Forgets everything that this user has left in it. */
	clear(userId: string): Promise<void>;
};
