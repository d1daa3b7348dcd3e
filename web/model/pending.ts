import type { FileInfo } from "../../app/protocol/file.ts";
import type { Cursor } from "../../app/protocol/log.ts";
import type { Content } from "../../app/protocol/message.ts";
import type { Refusal } from "../../app/protocol/refusal.ts";
import type { User } from "../../app/protocol/session.ts";

/**
 * - `queued`: waits for a connection, or for earlier entries.
 * - `sending`: sent, without an ack yet.
 * - `stored`: committed by the server.
 * - `failed`: refused permanently; kept until the user retries or discards it.
 */
export type PendingState = "queued" | "sending" | "stored" | "failed";

/** A message: by its `seq`, or by its clientId while the ack of its send is missing. */
export type Target = number | string;

type Entry = {
	/** A random UUID; the server stores `(author, clientId)` once (rule M2). */
	clientId: string;
	room: string;
	/** Milliseconds since 1970: of a message by the clock of the server, as far as it is known, and otherwise by the device's. */
	createdAt: number;
	/** Entries are sent in ascending order. */
	order: number;
	/** The epoch of the log that the seqs in this entry belong to, if known. */
	epoch?: string;
};

type Sending = {
	state: PendingState;
	/** The reason for the state `failed`. */
	refusal?: Refusal | undefined;
	/** Set once `stored`. */
	seq?: number;
};

/**
 * A file of a pending message. Until it is uploaded, `id` is a UUID under which the device keeps its content. Then it is the
 * id of the upload, and `local` is the one before, in case the server does not have the upload any more.
 */
export type PendingFile = FileInfo & { local?: string };

/** A message that is sent. */
type Sent = {
	kind: "message";
	content: Content;
	reply?: Target;
	/** The first message of the thread, if `reply` is set. */
	root?: Target;
	mentions?: string[];
	files?: readonly PendingFile[];
	/** Some of its files are not uploaded yet. */
	isHeld?: boolean;
};

/** What is done to a message. */
export type Change =
	| { kind: "edit"; body: string; mentions?: string[] }
	| { kind: "removal" }
	| { kind: "reaction"; emoji: string; on: boolean }
	| { kind: "pin"; on: boolean };

/** An own message that the room's log has not shown yet. */
export type PendingMessage = Entry &
	Sending &
	Sent & {
		/**
		 * The newest entry of the room before the message was sent for the first time; undefined while it has never been
		 * sent. Own entries after it may be this message until its ack arrives (rule M4).
		 */
		after?: Cursor | "unknown";
		/**
		 * Taken over from a closed tab after this one had drawn the room. The stored message may be on screen already, so
		 * this one is drawn only if it fails.
		 */
		hidden?: boolean;
	};

/** A change of a message that the room's log has not shown yet. */
export type PendingChange = Entry &
	Sending &
	Change & {
		target: Target;
		/** Whether it may have reached the server. A later change then follows it instead of replacing it. */
		isSent?: boolean;
		/** A removal that can be undone: it is not sent yet. */
		isHeld?: boolean;
	};

export type Pending = PendingMessage | PendingChange;

/** A pending message or change as the device stores it. */
export type StoredPending = Entry & {
	author: User;
	/** The reason for the state `failed`; null in the other states. */
	refusal: Refusal | null;
} & (
		| (Omit<Sent, "kind"> & {
				/** Absent in records of versions that had nothing but messages. */
				kind?: "message";
				/** The newest known entry of the room before the message was sent; null if unknown. */
				after: Cursor | null;
		  })
		| (Change & { target: Target })
	);

/**
 * Keeps pending messages and changes over a reload. Each is owned by one open tab, and only that tab sends and draws it.
 * Methods reject if the device cannot store; the outbox then works without the store.
 */
export type PendingStore = {
	/** Adds or replaces. */
	put(record: StoredPending): Promise<void>;
	remove(clientId: string): Promise<void>;
	/**
	 * Takes over the user's records of this tab and of closed tabs, by id, or by name if the session is a new one. Calls
	 * `take` with the records of each tab, ascending by order; for a tab that is still open, when it closes. Resolves when
	 * the tabs that are closed now have been handled.
	 */
	adopt(user: User, take: (records: StoredPending[]) => void): Promise<void>;
	/** Deletes every record of the user. */
	clear(userId: string): Promise<void>;
};
