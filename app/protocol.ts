/**
 * The contract between client and server, as types and limits. PROTOCOL.md says the rules in words, schemas.ts checks them.
 *
 * This file imports nothing of ours, so the page, the load harness and the server all read the same one.
 * Times are milliseconds since 1970, UTC. Lengths in characters are UTF-16 code units, as in
 * `String.length` and in HTML's `maxlength`.
 */

/** The major version of this contract. A client that names another one is refused with `stale_client`. */
export const PROTOCOL_VERSION = 1;

/** A body may be this long unless the operator says otherwise (`LIMIT_BODY_CHARS`). */
export const MAX_BODY_CHARS = 4_000;
/** A display name is at most this long. */
export const MAX_NAME_CHARS = 32;
/** A room's name is at most this long (rule R1). */
export const MAX_ROOM_CHARS = 64;
/** A join without a cursor answers with at most this many messages. */
export const JOIN_MESSAGES = 50;
/** A resume answers with at most this many entries; a longer absence starts over (`gap: true`). */
export const RESUME_ENTRIES = 500;
/** … whose texts have at most this many characters together: it has to fit through a slow line before it is cut. */
export const RESUME_CHARS = 262_144;
/** `message:history` and `log:since` answer with at most this many. */
export const MAX_PAGE = 100;
/** Up to here the room's members are listed by name; above it presence is a count (rule P1). */
export const PRESENCE_LIST_MEMBERS = 100;
/** So many of a larger room are named in a snapshot: enough to see that it is alive, and little to send to each newcomer. */
export const PRESENCE_SAMPLE_MEMBERS = 20;
/** Somebody who typed is shown as typing for this long unless they type on or stop. */
export const TYPING_TTL_MS = 6_000;

// ---------------------------------------------------------------- what things are

/** A person, as everyone sees them. `id` is short (12 characters): every delivery carries one. */
export type User = { id: string; name: string };

/** A place on Earth. */
export type Location = {
	/** Degrees, -90 to 90. */
	latitude: number;
	/** Degrees, -180 to 180. */
	longitude: number;
	/** Metres; left out where the device did not say. */
	accuracy?: number;
};

/** What a message says: either text or a place. */
export type Content = { body: string; location?: undefined } | { location: Location; body?: undefined };

/** The current state of a message. Its identity is `(room, seq)`. */
export type Message = { seq: number; author: User; createdAt: number } & Content;

/**
 * One line of a room's log. `erased` stands where a message was whose text has been removed since: it keeps the
 * numbering without a hole. A client skips a kind that it does not know.
 */
export type Entry =
	| ({ kind: "message" } & Message)
	| { kind: "removal"; seq: number; target: number; createdAt: number }
	| { kind: "erased"; seq: number; createdAt: number };

/** A place in a room's log: the last `seq` seen, and the `epoch` it was seen in. */
export type Cursor = { epoch: string; seq: number };

/** Who is in a room at one moment (rule P1). */
export type PresenceSnapshot = {
	/** People in the room, not connections. */
	count: number;
	/** All of them up to {@link PRESENCE_LIST_MEMBERS}; of more, {@link PRESENCE_SAMPLE_MEMBERS}. */
	members: User[];
	/** Whether `members` leaves somebody out. */
	truncated: boolean;
};

/** A room in the list of rooms: how many people are in it, and when something was last said there, or it was opened. */
export type RoomSummary = { room: string; present: number; lastActiveAt: number };

// ---------------------------------------------------------------- acks and refusals

/** Every code a refusal may carry (rule E1). */
export const ERROR_CODES = [
	"bad_request",
	"unauthorized",
	"forbidden",
	"not_found",
	"name_taken",
	"too_long",
	"rate_limited",
	"stale_client",
	"draining",
	"unavailable",
	"internal",
] as const;
export type ErrorCode = (typeof ERROR_CODES)[number];

/** Why something was not done. */
export type Refusal = {
	code: ErrorCode;
	/** A sentence for people: what is wrong and what to do next. */
	message: string;
	/** Whether the same request can succeed later, unchanged. */
	retryable: boolean;
	/** The field of the payload that is meant. */
	field?: string;
	/** Not before this many milliseconds. */
	retryAfterMs?: number;
};

/** The answer to a request: what was asked for, or why not. */
export type Ack<T> = { ok: true; data: T } | { ok: false; error: Refusal };
export type AckFunction<T> = (ack: Ack<T>) => void;

// ---------------------------------------------------------------- answers

/** A room as it is at the moment of a join: its presence, and what of its log the client needs. */
export type JoinData = {
	/** The room's name as the server writes it (rule R1). */
	room: string;
	epoch: string;
	/** The log's head; 0 for a room in which nothing was said yet. */
	seq: number;
	/** Whether the client must drop what it had of this room. */
	gap: boolean;
	presence: PresenceSnapshot;
} & (
	| { /** The newest, ascending. */ messages: Message[]; entries?: undefined }
	| { /** Everything after the cursor, ascending and consecutive. */ entries: Entry[]; messages?: undefined }
);
/** Where a message stands in the log; of one that is sent again, where it first came to stand (rule M2). */
export type SendData = { seq: number; createdAt: number };
/** A page of messages. */
export type HistoryData = {
	/** Ascending by `seq`, in their current state. */
	messages: Message[];
	/** Whether there is more in the direction asked for. */
	more: boolean;
};
/** A page of the log: ascending and consecutive; `more` says whether there is more after it. */
export type SinceData = { entries: Entry[]; more: boolean };
/** Who somebody is, and the token that proves it. */
export type SessionData = { user: User; token: string };

// ---------------------------------------------------------------- events

export type JoinPayload = { room: string; after?: Cursor };
export type SendPayload = { room: string; clientId: string } & Content;
export type HistoryPayload = { room: string; before?: number; after?: number; limit?: number };
export type SincePayload = { room: string; after: number };
export type RoomPayload = { room: string };

export interface ClientToServerEvents {
	"room:join": (payload: JoinPayload, ack: AckFunction<JoinData>) => void;
	"room:leave": (payload: RoomPayload, ack: AckFunction<Record<string, never>>) => void;
	"message:send": (payload: SendPayload, ack: AckFunction<SendData>) => void;
	"message:history": (payload: HistoryPayload, ack: AckFunction<HistoryData>) => void;
	"log:since": (payload: SincePayload, ack: AckFunction<SinceData>) => void;
	"typing:start": (payload: RoomPayload) => void;
	"typing:stop": (payload: RoomPayload) => void;
}

/** What was added to a room's log. */
export type Appended = {
	room: string;
	/** Everything of that room that was committed together: ascending, consecutive. */
	entries: Entry[];
};
/** Who came and who went since the last one. */
export type PresenceDiff = {
	room: string;
	/** Empty above {@link PRESENCE_LIST_MEMBERS} members, as `leaves` is: then only `count` is told. */
	joins: User[];
	leaves: User[];
	count: number;
};
/** Everybody who types in a room: a few, or nobody any more. */
export type TypingChanged = { room: string; users: User[] };
/** The operator's word to everyone. */
export type Notice = { text: string; createdAt: number };
/** The server is about to end (rule D1). */
export type Draining = {
	/** The client comes back at a random moment within this many milliseconds, so that not all come at once. */
	retryAfterMs: number;
};

export interface ServerToClientEvents {
	"room:appended": (payload: Appended) => void;
	"presence:diff": (payload: PresenceDiff) => void;
	"typing:changed": (payload: TypingChanged) => void;
	"server:notice": (payload: Notice) => void;
	"server:draining": (payload: Draining) => void;
}
