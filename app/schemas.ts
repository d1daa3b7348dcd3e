/**
 * The contract's payloads as schemas: what a request is held against before anything else looks at it. A length over its
 * limit is valibot's `max_length` issue, which becomes `too_long`; every other issue becomes `bad_request`.
 */
import * as v from "valibot";
import { type Content, MAX_BODY_CHARS, MAX_NAME_CHARS, MAX_PAGE, MAX_ROOM_CHARS } from "./protocol.ts";

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

function degrees(what: string, max: number) {
	const sentence = `A ${what} is a number of degrees from -${max} to ${max}.`;
	return v.pipe(v.number(sentence), v.finite(sentence), v.minValue(-max, sentence), v.maxValue(max, sentence));
}

const LocationSchema = v.object(
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

/** `room:join` */
export const RoomJoinSchema = v.object({ room: RoomSchema, after: v.optional(CursorSchema) }, SHAPE);
/** `room:leave`, `typing:start`, `typing:stop`, and every route that is about a room */
export const InRoomSchema = v.object({ room: RoomSchema }, SHAPE);
/** `message:send`. Its `body` is not yet held against the deployment's own limit: the server does that. */
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
/** `message:history` */
export const MessageHistorySchema = v.pipe(
	v.object({ room: RoomSchema, before: v.optional(Seq), after: v.optional(Seq), limit: Limit }, SHAPE),
	v.check(({ before, after }) => before === undefined || after === undefined, "Give either before or after, not both."),
);
/** `log:since` */
export const LogSinceSchema = v.object({ room: RoomSchema, after: Seq }, SHAPE);

/** `POST /api/session` */
export const SessionSchema = v.object({ name: NameSchema }, SHAPE);

// ---------------------------------------------------------------- what an admin asks for

const ADMIN_SHAPE = "Give the fields that ADMIN.md lists, and no others.";
const MAX_BY_CHARS = 64;
const MAX_REASON_CHARS = 500;
/** Ten years: whoever means for good leaves it out. */
const MAX_MINUTES = 5_256_000;
const MAX_ADMIN_PAGE = 1_000;

function noteSchema(noun: string, maxChars: number) {
	return v.exactOptional(
		v.pipe(
			v.string(`${noun} is a text.`),
			v.maxLength(maxChars, tooLong(noun, maxChars)),
			v.check((text) => !FORBIDDEN_IN_NAMES.test(text), `${noun} is one line without control characters.`),
		),
	);
}

/** Every act takes them: who says that they did it, and why. */
const account = {
	by: noteSchema("Who it is by", MAX_BY_CHARS),
	reason: noteSchema("A reason", MAX_REASON_CHARS),
};
const MINUTES = `Minutes are a whole number from 1 to ${MAX_MINUTES}, which is ten years; leave them out for good.`;
const Minutes = v.optional(
	v.pipe(v.number(MINUTES), v.integer(MINUTES), v.minValue(1, MINUTES), v.maxValue(MAX_MINUTES, MINUTES)),
);
const USER = "A user is meant by their id, which their messages carry as author.id.";
const UserId = v.pipe(v.string(USER), v.regex(/^[\w-]{1,64}$/, USER));
const ADDRESS = "An address is a text.";
const Address = v.pipe(v.string(ADDRESS), v.maxLength(64, tooLong("An address", 64)));

function isOneOf({ user, address }: { user?: string | undefined; address?: string | undefined }): boolean {
	return (user === undefined) !== (address === undefined);
}
function isRoomOfUser({ user, room }: { user?: string | undefined; room?: string | undefined }): boolean {
	return room === undefined || user !== undefined;
}
const ONE_OF = "Give either a user or an address.";
const ROOM_OF_USER = "Only a user can be banned from a room; an address is banned from the whole chat.";

/** `POST /api/kicks` */
export const KickSchema = v.strictObject(
	{ user: UserId, room: v.optional(RoomSchema), minutes: Minutes, ...account },
	ADMIN_SHAPE,
);
/** `POST /api/bans` */
export const BanSchema = v.pipe(
	v.strictObject(
		{
			user: v.optional(UserId),
			address: v.optional(Address),
			addresses: v.optional(v.boolean("Whether the user's addresses are banned too is true or false.")),
			room: v.optional(RoomSchema),
			minutes: Minutes,
			...account,
		},
		ADMIN_SHAPE,
	),
	v.check((wish) => isOneOf(wish), ONE_OF),
	v.check((wish) => isRoomOfUser(wish), ROOM_OF_USER),
	v.check(
		({ user, addresses, room }) => !addresses || (user !== undefined && room === undefined),
		"Addresses are banned with a user, and from the whole chat.",
	),
);

// Those in a query are texts.

function wholeNumber(sentence: string, min: number, max: number) {
	return v.pipe(
		v.string(sentence),
		v.regex(/^\d{1,15}$/, sentence),
		v.transform(Number),
		v.minValue(min, sentence),
		v.maxValue(max, sentence),
	);
}
const PageLimit = v.optional(
	wholeNumber(`A limit is a whole number from 1 to ${MAX_ADMIN_PAGE}.`, 1, MAX_ADMIN_PAGE),
	String(MAX_PAGE),
);

/** The query of an act whose path says the rest. */
export const AccountQuerySchema = v.strictObject(account, ADMIN_SHAPE);
/** `DELETE /api/bans` */
export const BannedQuerySchema = v.pipe(
	v.strictObject(
		{ user: v.optional(UserId), address: v.optional(Address), room: v.optional(RoomSchema), ...account },
		ADMIN_SHAPE,
	),
	v.check((wish) => isOneOf(wish), ONE_OF),
	v.check((wish) => isRoomOfUser(wish), ROOM_OF_USER),
);
/** `GET /api/bans` */
export const ListQuerySchema = v.strictObject(
	{
		offset: v.optional(wholeNumber("An offset is a whole number.", 0, Number.MAX_SAFE_INTEGER), "0"),
		limit: PageLimit,
	},
	ADMIN_SHAPE,
);
/** `GET /api/audit` */
export const AuditQuerySchema = v.strictObject(
	{
		before: v.exactOptional(wholeNumber("Before is the id of an entry.", 1, Number.MAX_SAFE_INTEGER)),
		limit: PageLimit,
	},
	ADMIN_SHAPE,
);
/** `POST /api/notice` */
export const NoticeSchema = v.object(
	{
		text: v.pipe(
			v.string("A notice is a text."),
			v.check((text) => text.trim() !== "", "A notice needs some text."),
			v.maxLength(MAX_BODY_CHARS, tooLong("A notice", MAX_BODY_CHARS)),
		),
		...account,
	},
	SHAPE,
);
