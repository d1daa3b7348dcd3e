import type { Cursor } from "../../app/protocol/log.ts";
import type { Content } from "../../app/protocol/message.ts";
import type { Refusal } from "../../app/protocol/refusal.ts";
import type { User } from "../../app/protocol/session.ts";

/**
 * - `queued`: waits for a connection, or for earlier messages.
 * - `sending`: sent, without an ack yet.
 * - `stored`: committed by the server.
 * - `failed`: refused permanently; kept until the user retries or discards it.
 */
export type PendingState = "queued" | "sending" | "stored" | "failed";

/** An own message that the room's log has not shown yet. */
export type PendingMessage = {
	/** A random UUID; the server stores `(author, clientId)` once (rule M2). */
	clientId: string;
	room: string;
	content: Content;
	/** Milliseconds since 1970, by this device's clock. */
	createdAt: number;
	/** Messages are sent in ascending order. */
	order: number;
	state: PendingState;
	/** The reason for the state `failed`. */
	refusal?: Refusal | undefined;
	/** Set once `stored`. */
	seq?: number;
	/**
	 * The newest entry of the room before the message was sent for the first time; undefined while it has never been
	 * sent. Own entries after it may be this message until its ack arrives (rule M4).
	 */
	after?: Cursor | "unknown";
	/**
	 * Taken over from a closed tab after this one had drawn the room. The stored message may be on screen already, so this
	 * one is drawn only if it fails.
	 */
	hidden?: boolean;
};

/** A pending message as the device stores it. */
export type StoredPending = {
	clientId: string;
	author: User;
	room: string;
	content: Content;
	createdAt: number;
	order: number;
	/** The newest known entry of the room before the message was sent; null if unknown. */
	after: Cursor | null;
	/** The reason for the state `failed`; null in the other states. */
	refusal: Refusal | null;
};

/**
 * Keeps pending messages over a reload. Each message is owned by one open tab, and only that tab sends and draws it.
 * Methods reject if the device cannot store; the outbox then works without the store.
 */
export type PendingStore = {
	/** Adds or replaces. */
	put(record: StoredPending): Promise<void>;
	remove(clientId: string): Promise<void>;
	/**
	 * Takes over the user's messages of this tab and of closed tabs, by id, or by name if the session is a new one. Calls
	 * `take` with the records of each tab, ascending by order; for a tab that is still open, when it closes. Resolves when
	 * the tabs that are closed now have been handled.
	 */
	adopt(user: User, take: (records: StoredPending[]) => void): Promise<void>;
	/** Deletes every message of the user. */
	clear(userId: string): Promise<void>;
};
