/** A message that a user has sent. Times are milliseconds of the monotonic clock; connections are numbered from 1. */
export type SentMessage = {
	clientId: string;
	body: string;
	/** The connection on which it was first sent; 0 while there was none. */
	connection: number;
	sentAt: number;
	/** Several acks are allowed if they agree on the seq. */
	acks: { seq: number; connection: number; at: number }[];
	refusals: number;
};

/** An entry as a user has received it. */
export type ReceivedEntry = {
	seq: number;
	/** The author's id; undefined for an entry that is not a message. */
	author: string | undefined;
	body: string | undefined;
	connection: number;
	at: number;
};

/** The entries that a user has received since a fresh start: the server has to deliver every entry after `since`. */
export type Segment = { since: number; received: ReceivedEntry[] };

/** What one user has sent and received. The checker compares it with the store, and uses nothing else. */
export type UserHistory = {
	user: string;
	room: string;
	sent: SentMessage[];
	/** A join that is acknowledged with a `gap` begins a new segment. */
	segments: Segment[];
	/** Own messages that arrived before their ack (rule M4). */
	receivedBeforeAck: number;
	/** Entries that were missing when later ones arrived on a live connection, before the user asked for them. */
	missedWhileConnected: number;
};

/** A message in the store. */
export type StoredMessage = { seq: number; author: string; clientId: string; body: string };

/** The messages in the store by room, ascending by seq. */
export type StoredRooms = ReadonlyMap<string, readonly StoredMessage[]>;
