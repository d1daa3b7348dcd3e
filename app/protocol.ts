/**
 * The contract between client and server, as types, schemas and limits. PROTOCOL.md says the rules in words.
 *
 * This file imports nothing of ours, so the page, the load harness and the server all read the same one.
 * Times are milliseconds since 1970, UTC. Lengths in characters are UTF-16 code units, as in
 * `String.length` and in HTML's `maxlength`.
 */
import * as v from "valibot";

/** The major version of this contract. A client that names another one is refused with `stale_client`. */
export const PROTOCOL_VERSION = 1;

/** A body may be this long unless the operator says otherwise (`LIMIT_BODY_CHARS`). */
export const MAX_BODY_CHARS = 4_000;
export const MAX_NAME_CHARS = 32;
export const MAX_ROOM_CHARS = 64;
/** A join without a cursor answers with at most this many messages. */
export const JOIN_MESSAGES = 50;
/** A resume answers with at most this many entries; a longer absence starts over (`gap: true`). */
export const RESUME_ENTRIES = 500;
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

export type PresenceSnapshot = {
	/** People in the room, not connections. */
	count: number;
	/** All of them up to {@link PRESENCE_LIST_MEMBERS}; of more, {@link PRESENCE_SAMPLE_MEMBERS}. */
	members: User[];
	/** Whether `members` leaves somebody out. */
	truncated: boolean;
};

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

export type Ack<T> = { ok: true; data: T } | { ok: false; error: Refusal };
export type AckFunction<T> = (ack: Ack<T>) => void;

// ---------------------------------------------------------------- names

/** Control characters, bidi controls, lone surrogates, line separators and invisible spacing have no place in a name. */
const FORBIDDEN_IN_NAMES = /[\p{Cc}\p{Cs}\p{Bidi_Control}\u2028\u2029\u200b\u2060\ufeff]/u;
/** A tab or a line break counts as white space, as in any pasted name; it is folded away, not refused. */
const WHITE_SPACE = /[\s\u2028\u2029]+/gu;
const INVISIBLE = /[\p{Default_Ignorable_Code_Point}\p{White_Space}\u2800]/gu;

/**
 * Full case folding, as near as JavaScript comes to it: through the upper case, so that "STRASSE", "straße" and "STRAẞE"
 * are one, and a character at a time, so that the rule for a final sigma does not apply.
 */
export function foldCase(text: string): string {
	let folded = "";
	for (const character of text) folded += character.toLowerCase().toUpperCase().toLowerCase();
	return folded.normalize("NFKC");
}

function cleanName(raw: string): string {
	return raw.normalize("NFKC").replace(WHITE_SPACE, " ").trim();
}

// The page uses no schema: this tells its build that making one does nothing else.
/* @__NO_SIDE_EFFECTS__ */
function nameSchema(noun: string, maxChars: number, fold: (clean: string) => string) {
	return v.pipe(
		v.string(`${noun} is a text.`),
		// Bounded before any work is done on it: normalising can make a text up to 18 times as long.
		v.maxLength(8 * maxChars, tooLong(noun, maxChars)),
		v.transform((raw) => fold(cleanName(raw))),
		v.check((name) => name.replace(INVISIBLE, "") !== "", `${noun} needs at least one visible character.`),
		v.check((name) => !FORBIDDEN_IN_NAMES.test(name), `${noun} can't have control or invisible characters.`),
		v.maxLength(maxChars, tooLong(noun, maxChars)),
	);
}

/** The sentence of every `too_long`: valibot's `max_length` issues carry it, and the check of a body's length does. */
/* @__NO_SIDE_EFFECTS__ */
export function tooLong(noun: string, maxChars: number): string {
	return `${noun} is at most ${maxChars} characters long.`;
}

/** A display name: NFKC, trimmed, white space folded to single spaces, 1 to 32 characters. */
export const NameSchema = nameSchema("A name", MAX_NAME_CHARS, (clean) => clean);
/** A room's name (rule R1): as a display name, and case-folded, 1 to 64 characters. */
export const RoomSchema = nameSchema("A room's name", MAX_ROOM_CHARS, foldCase);

// ---------------------------------------------------------------- payloads, client -> server

const Seq = v.pipe(
	v.number("A seq is a whole number."),
	v.safeInteger("A seq is a whole number."),
	v.minValue(0, "A seq is 0 or more."),
);
const CursorSchema = v.object(
	{
		epoch: v.pipe(v.string("An epoch is a text."), v.maxLength(64, "An epoch is at most 64 characters long.")),
		seq: Seq,
	},
	"A cursor is an object with an epoch and a seq.",
);
const Limit = v.optional(
	v.pipe(
		v.number("A limit is a whole number from 1 to 100."),
		v.integer("A limit is a whole number from 1 to 100."),
		v.minValue(1, "A limit is a whole number from 1 to 100."),
		v.maxValue(MAX_PAGE, "A limit is a whole number from 1 to 100."),
	),
);
/** C0 and C1 controls but tab and line breaks, and halves of characters: neither can be shown, the second can't be stored. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const FORBIDDEN_IN_BODIES = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]|\p{Cs}/u;

const BodySchema = v.pipe(
	v.string("A body is a text."),
	v.check((body) => body.replace(INVISIBLE, "") !== "", "A message needs some text."),
	v.check((body) => !FORBIDDEN_IN_BODIES.test(body), "A message can't have control characters."),
);

/* @__NO_SIDE_EFFECTS__ */
function degrees(what: string, max: number) {
	const sentence = `A ${what} is a number of degrees from -${max} to ${max}.`;
	return v.pipe(v.number(sentence), v.finite(sentence), v.minValue(-max, sentence), v.maxValue(max, sentence));
}

export const LocationSchema = v.object(
	{
		latitude: degrees("latitude", 90),
		longitude: degrees("longitude", 180),
		accuracy: v.optional(
			v.pipe(
				v.number("An accuracy is a number of metres."),
				v.finite("An accuracy is a number of metres."),
				v.minValue(0, "An accuracy is 0 or more."),
			),
		),
	},
	"A location is an object with a latitude and a longitude.",
);

const ClientId = v.pipe(v.string("A clientId is a UUID."), v.uuid("A clientId is a UUID."));
const SHAPE = "The payload is an object; PROTOCOL.md has its fields.";

export const RoomJoinSchema = v.object({ room: RoomSchema, after: v.optional(CursorSchema) }, SHAPE);
export const InRoomSchema = v.object({ room: RoomSchema }, SHAPE);
/** Its `body` is not yet held against the deployment's own limit: the server does that. */
export const MessageSendSchema = v.pipe(
	v.object(
		{ room: RoomSchema, clientId: ClientId, body: v.optional(BodySchema), location: v.optional(LocationSchema) },
		SHAPE,
	),
	v.check(
		({ body, location }) => (body === undefined) !== (location === undefined),
		"A message has either a body or a location.",
	),
	v.transform(({ room, clientId, body, location }) => ({
		room,
		clientId: clientId.toLowerCase(),
		content: (body === undefined ? { location } : { body }) as Content,
	})),
);
export const MessageHistorySchema = v.pipe(
	v.object({ room: RoomSchema, before: v.optional(Seq), after: v.optional(Seq), limit: Limit }, SHAPE),
	v.check(({ before, after }) => before === undefined || after === undefined, "Give either before or after, not both."),
);
export const LogSinceSchema = v.object({ room: RoomSchema, after: Seq }, SHAPE);

/** `POST /api/session` */
export const SessionSchema = v.object({ name: NameSchema }, SHAPE);
/** `POST /api/notice` */
export const NoticeSchema = v.object(
	{
		text: v.pipe(
			v.string("A notice is a text."),
			v.check((text) => text.trim() !== "", "A notice needs some text."),
			v.maxLength(MAX_BODY_CHARS, tooLong("A notice", MAX_BODY_CHARS)),
		),
	},
	SHAPE,
);

// ---------------------------------------------------------------- answers

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
export type SendData = { seq: number; createdAt: number };
export type HistoryData = {
	/** Ascending by `seq`, in their current state. */
	messages: Message[];
	/** Whether there is more in the direction asked for. */
	more: boolean;
};
export type SinceData = { entries: Entry[]; more: boolean };
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

export type Appended = {
	room: string;
	/** Everything of that room that was committed together: ascending, consecutive. */
	entries: Entry[];
};
export type PresenceDiff = {
	room: string;
	/** Empty above {@link PRESENCE_LIST_MEMBERS} members, as `leaves` is: then only `count` is told. */
	joins: User[];
	leaves: User[];
	count: number;
};
export type TypingChanged = { room: string; users: User[] };
export type Notice = { text: string; createdAt: number };
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
