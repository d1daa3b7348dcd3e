import type { Cursor } from "../../app/protocol/log.ts";
import type { Content } from "../../app/protocol/message.ts";
import type { Refusal } from "../../app/protocol/refusal.ts";
import type { User } from "../../app/protocol/session.ts";

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
	/** Ascending in the order of sending. */
	order: number;
	state: PendingState;
	/** Why it failed. */
	refusal?: Refusal | undefined;
	/** Where the room's log has it; known once `stored`. */
	seq?: number;
	/**
	 * The room's head before it may have been sent; undefined while it was certainly never sent. Own entries after it
	 * may be this very message, until an ack tells (rule M4).
	 */
	after?: Cursor | "unknown";
	/**
	 * Taken over from a tab that was closed, while this one had drawn the room already: its real message may be on screen,
	 * so it is sent without being shown, unless it fails.
	 */
	hidden?: boolean;
};

/** What is kept of a pending message over a reload and a closed tab. */
export type StoredPending = {
	clientId: string;
	author: User;
	room: string;
	content: Content;
	createdAt: number;
	order: number;
	/** The room's head, as far as known, before it may have been sent. */
	after: Cursor | null;
	/** Why it failed; null while it waits. */
	refusal: Refusal | null;
};

/**
 * Where pending messages outlive the page. Each belongs to one living tab, which alone sends and shows it. Methods
 * reject where the device can't store; the outbox then goes on in memory.
 */
export type PendingStore = {
	/** Adds or replaces. */
	put(record: StoredPending): Promise<void>;
	remove(clientId: string): Promise<void>;
	/**
	 * Takes over what this person left, in this tab or in those that live no more: by id, or by name, if they were signed
	 * out meanwhile. `take` gets each tab's records, ascending by order; a tab that still lives is waited for, for as long
	 * as it takes. Resolves when what can be taken at once is taken.
	 */
	adopt(user: User, take: (records: StoredPending[]) => void): Promise<void>;
	/** Forgets everything that this user has left in it. */
	clear(userId: string): Promise<void>;
};
