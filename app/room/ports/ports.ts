/**
 * What the domain needs of the world; what it needs of the other processes is in `cluster.ts`. `store/`, `session/`,
 * `socket/` and the composition implement these ports; `room/` knows nothing else.
 */
import type { Content, Entry, ErrorCode, HistoryData, ServerToClientEvents, SinceData, User } from "../../protocol.ts";

/** Something to be added to a room's log. */
export type Append =
	| { kind: "message"; room: string; author: User; clientId: string; content: Content; createdAt: number }
	| { kind: "removal"; room: string; target: number; createdAt: number; audit?: NewAuditEntry };

/**
 * What became of one {@link Append}:
 * `appended`, it is a new entry; `repeated`, the log had it already (rule M2; a removal: the target is removed
 * already) and `seq` and `createdAt` are the first one's; `missing`, the target of a removal is not a message of this room.
 */
export type Appended =
	| { outcome: "appended"; entry: Entry }
	| { outcome: "repeated"; seq: number; createdAt: number }
	| { outcome: "missing" };

/** What a room's log is right now. */
export type RoomLog = {
	/** Made anew whenever history may have been lost, so that old cursors are not trusted. */
	epoch: string;
	/** The head: the `seq` of the newest entry, 0 where there is none. */
	seq: number;
	/** Entries up to and including this `seq` are gone by retention; 0 where the log is whole. */
	floor: number;
};

/** The store can't be reached or written just now; the same call may succeed later. `cause` says why. */
export class StoreUnavailable extends Error {
	override readonly name = "StoreUnavailable";
}

/** The durable log of every room. Every method rejects with {@link StoreUnavailable} when it can't be done now. */
export interface Store {
	/** The room's log and its last `tail` entries, ascending. A room that is not there yet is created, with an empty log. */
	open(room: string, tail: number): Promise<RoomLog & { entries: Entry[] }>;
	/**
	 * Appends the whole batch, in order, in one transaction, and resolves once it is durable; rejects having stored nothing.
	 * `seq` is consecutive within a room (rule M3); answers stand in the order of the batch.
	 * A room that is not open yet is created.
	 */
	append(batch: Append[]): Promise<Appended[]>;
	/** A page of messages in their current state, ascending; the newest where neither `before` nor `after` is given. */
	history(room: string, page: { before?: number; after?: number; limit: number }): Promise<HistoryData>;
	/** Entries after `after`, ascending and consecutive, with the log as it was when they were read. */
	since(room: string, after: number, limit: number): Promise<SinceData & RoomLog>;
	/** Where the logs of these rooms are right now; a room that is not there is left out. */
	heads(rooms: readonly string[]): Promise<Map<string, Pick<RoomLog, "epoch" | "seq">>>;
	/** Rooms that something was said in or that were opened, newest activity first. */
	rooms(limit: number): Promise<{ room: string; lastActiveAt: number }[]>;
	/**
	 * Forgets a room and its whole log; should it come back, it is under another epoch. Whether it was there: then `audit`
	 * is written in the same transaction.
	 */
	removeRoom(room: string, audit?: NewAuditEntry): Promise<boolean>;
	/** Forgets entries that are older than `before` (milliseconds since 1970) and raises their rooms' floors; how many. */
	prune(before: number): Promise<number>;
	/**
	 * Forgets the rooms that were made before `before` and in which nothing was ever said; how many. Those of them that are
	 * `kept` count as made right now, so that no other process forgets them either.
	 */
	pruneEmptyRooms(before: number, kept: readonly string[]): Promise<number>;
	/** Remembers that a session ended before its time; kept until `expiresAt`, when its token is void by itself. */
	revokeSession(sessionId: string, expiresAt: number): Promise<void>;
	/** The sessions that were revoked and have not expired at `now`. */
	revokedSessions(now: number): Promise<string[]>;
	/** Makes orders durable, and with them their entries in the audit log, all in one transaction. */
	enact(orders: readonly Order[], audit: readonly NewAuditEntry[]): Promise<void>;
	/** What is in force of all orders: the bans that have not ended at `now`, oldest first, and the rooms that are closed. */
	inForce(now: number): Promise<InForce>;
	/** A page of the audit log, newest first: what is older than the entry `before`. */
	audit(page: { before?: number; limit: number }): Promise<{ entries: AuditEntry[]; more: boolean }>;
	/**
	 * A secret that every process on this store has: the one that it keeps, or else `fresh`, which it keeps from now on.
	 * Left out by a store that only one machine can have: the secret then lies in a file beside it.
	 */
	keepSecret?(fresh: string): Promise<string>;
	/** Resolves when a write can be made durable right now. */
	ping(): Promise<void>;
	/** A consistent copy of everything, to a file, while the store goes on. */
	backup(path: string): Promise<void>;
	/** Finishes what was begun and lets go. */
	close(): Promise<void>;
}

/** Whom a ban keeps out: a user by their id, or an address as clients are counted by it, an IPv6 /64 being one. */
export type Banned = {
	kind: "user" | "address";
	target: string;
	/** The room that a user is kept out of; without it, it is the whole chat. */
	room?: string;
};

/** A ban. Of two that keep out the same, the one that ends later is in force. */
export type Ban = Banned & {
	/** The user's name, where it was known. */
	name?: string;
	/** Milliseconds since 1970; without it, it does not end by itself. */
	until?: number;
	createdAt: number;
	/** For the admin's eyes. */
	reason?: string;
	by?: string;
};

/**
 * What an admin decided, as one process tells it to another: plain JSON. Carrying one out a second time changes nothing.
 * A ban is replaced by one that ends later, and by no other.
 */
export type Order =
	/** With `withAddresses`, whoever hears of it bans the addresses as well that it knows the user by. */
	| { kind: "ban"; ban: Ban; withAddresses?: boolean }
	| { kind: "unban"; banned: Banned }
	| { kind: "room_closed"; room: string }
	| { kind: "room_reopened"; room: string };

/** What is in force of all orders. */
export type InForce = { bans: Ban[]; closedRooms: string[] };

/** What an admin did: nothing in it that a user wrote but names, and no secret. */
export type NewAuditEntry = {
	/** Everything that an admin does, as the audit log names it. */
	act: "kick" | "ban" | "unban" | "close_room" | "reopen_room" | "remove_room" | "remove_message" | "notice";
	/** What it was done to. `until` is a ban's end, `text` the beginning of a notice. */
	target: {
		user?: string;
		name?: string;
		address?: string;
		room?: string;
		seq?: number;
		until?: number;
		text?: string;
	};
	createdAt: number;
	reason?: string;
	/** Who it was, as they say themselves: all admins have the same token. */
	by?: string;
};

/** An entry as the log has it: `id` grows with each. */
export type AuditEntry = NewAuditEntry & { id: number };

/** A signed-in person on one device. */
export type Session = {
	/** At least 128 random bits, hex. */
	id: string;
	user: User;
	/** Milliseconds since 1970; the token is void from then on. */
	expiresAt: number;
};

/** Who somebody is, told from a signed token without asking the store. */
export interface Sessions {
	/** A new user under this name, and the token that proves it. */
	issue(name: string): { session: Session; token: string };
	/** The session of a token that is genuine, has not expired and was not revoked. */
	verify(token: string): Session | undefined;
	/** Ends a session everywhere: durable once this resolves, refused from the call on. */
	revoke(session: Session): Promise<void>;
}

/** One line to a client, as the domain knows it: it belongs to one user and may be in several rooms. */
export interface Connection {
	readonly id: string;
	readonly user: User;
	readonly sessionId: string;
}

type EventName = keyof ServerToClientEvents;
type PayloadOf<E extends EventName> = Parameters<ServerToClientEvents[E]>[0];

/** Delivers to connections. A room is emitted to once; who is in it is known here and nowhere else. */
export interface Broadcast {
	/** From now on the connection gets what the room is told, until {@link unsubscribe} or the end of its line. */
	subscribe(connectionId: string, room: string): void;
	unsubscribe(connectionId: string, room: string): void;
	/** To every connection that is subscribed: one emit. */
	toRoom<E extends EventName>(room: string, event: E, payload: PayloadOf<E>, options?: ToRoomOptions): void;
	toConnection<E extends EventName>(connectionId: string, event: E, payload: PayloadOf<E>): void;
	/** To every connected socket. */
	toAll<E extends EventName>(event: E, payload: PayloadOf<E>): void;
	/** Cuts the lines of everyone in a room; their clients come back by themselves and resume. */
	cutRoom(room: string): void;
	/** Closes every connection of a session, without a way back. */
	disconnectSession(sessionId: string): void;
	/** Closes every connection of a user, as {@link disconnectSession} does. */
	disconnectUser(userId: string): void;
	/** Closes every connection from an address, as {@link disconnectSession} does. */
	disconnectAddress(address: string): void;
	/** Cuts a line; its client comes back by itself. */
	cutConnection(connectionId: string): void;
	/** Every connection to this process, and where it comes from. */
	connections(): Located[];
	/** Those of them that are in a room. */
	connectionsIn(room: string): Located[];
}

/** `address` is what the connection is counted by, or "unknown". */
export type Located = { connection: Connection; address: string };

/** Who is left out of an emit to a room, and whether it may be dropped. */
export type ToRoomOptions = {
	/** Connections that are not to get it. */
	except?: readonly string[];
	/** May be dropped for a client that is not reading just now. */
	volatile?: boolean;
};

/** Time, and the one way to wait for it: the tests wind their own. */
export interface Clock {
	/** Milliseconds since 1970, UTC: for what people see. It may jump. */
	now(): number;
	/** Milliseconds since some moment, never going back: for measuring. */
	monotonic(): number;
	/** Runs `task` once after `ms`; the answer cancels it. A timer never keeps the process alive. */
	after(ms: number, task: () => void): () => void;
}

/** Counts what the domain does, for `/metrics`. */
export interface Metrics {
	/** Entries made durable by one commit, and how long it took. */
	committed(entries: number, ms: number): void;
	/** Entries that another process committed, and that were read from the store because its word had not come. */
	healed(entries: number): void;
	/** How long another process' word was on its way. */
	lagged(ms: number): void;
	/** From a request's arrival to its ack. */
	acked(event: string, ms: number): void;
	/** A request that was refused. */
	refused(code: ErrorCode): void;
	/** Entries times the connections that they were written to. */
	delivered(count: number): void;
}
