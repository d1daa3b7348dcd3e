import type { Entry } from "../../../app/protocol/log.ts";
import type { Message } from "../../../app/protocol/message.ts";

/** What a user asks of the room's log. */
export type Command =
	| { kind: "message"; body: string; reply?: number; mentions?: string[] }
	| { kind: "edit"; target: number; body: string; mentions?: string[] }
	| { kind: "reaction"; target: number; emoji: string; on: boolean }
	| { kind: "removal"; target: number };

/**
 * A command that a user has sent. Times are milliseconds of the monotonic clock; connections are numbered from 1. Users send
 * no command that would change nothing, so each one that is acked has an entry.
 */
export type SentCommand = {
	clientId: string;
	command: Command;
	/** The connection on which it was first sent; 0 while there was none. */
	connection: number;
	sentAt: number;
	/** Several acks are allowed if they agree on the seq. */
	acks: { seq: number; connection: number; at: number }[];
	/** Refusals after which it was sent again. */
	refusals: number;
	/** Whether the server found no message to change, and it was not sent again. */
	hasNoTarget: boolean;
};

/** An entry as a user has received it, in an answer that names the log's `head`; of a broadcast, its own `seq`. */
export type ReceivedEntry = { entry: Entry; head: number; connection: number; at: number };

/** The entries that a user has received since a fresh start: the server has to deliver every entry after `since`. */
export type Segment = { since: number; received: ReceivedEntry[] };

/** Messages that a user has read: all from `from` to `to`, in their state when the log's head was `head`. */
export type ReadPage = { from: number; to: number; head: number; messages: readonly Message[] };

/** What one user has sent and received. The checker compares it with the store, and uses nothing else. */
export type UserHistory = {
	user: string;
	room: string;
	sent: SentCommand[];
	/** A join that is acknowledged with a `gap` begins a new segment. */
	segments: Segment[];
	pages: ReadPage[];
	/** The messages as the user's client shows them, from `from` on. Undefined before the first join. */
	view: { from: number; messages: ReadonlyMap<number, Message> } | undefined;
	/** Own entries that arrived before their ack (rule M4). */
	receivedBeforeAck: number;
	/** Entries that were missing when later ones arrived on a live connection, before the user asked for them. */
	missedWhileConnected: number;
};

/** An entry in the store: the columns of its row, of which a kind uses some. */
export type StoredEntry = {
	seq: number;
	/** An `erased` one was a message or an edit. */
	kind: "message" | "edit" | "reaction" | "pin" | "removal" | "erased";
	createdAt: number;
	/** The id of the user; null for an admin's. */
	author: string | null;
	clientId: string | null;
	body: string | null;
	target: number | null;
	emoji: string | null;
	isOn: number | boolean | null;
	reply: number | null;
	root: number | null;
	/** A JSON array of ids. */
	mentions: string | null;
};

/** The entries in the store by room, ascending by seq. */
export type StoredRooms = ReadonlyMap<string, readonly StoredEntry[]>;
