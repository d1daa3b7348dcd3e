/** The bodies and queries of the admin's routes (ADMIN.md). Values in a query are texts. */
import * as v from "valibot";
import { MAX_BODY_CHARS, MAX_PAGE, MAX_REASON_CHARS, MAX_REPORT_PAGE } from "../limits.ts";
import { SHAPE, tooLong, UserId } from "./fields.ts";
import { FORBIDDEN_IN_NAMES, RoomSchema } from "./names.ts";

const ADMIN_SHAPE = "Give the fields that ADMIN.md lists, and no others.";
const MAX_BY_CHARS = 64;
/** Ten years. A permanent ban has no minutes. */
const MAX_MINUTES = 5_256_000;
const MAX_ADMIN_PAGE = 1_000;

function oneLine(noun: string, maxChars: number) {
	return v.exactOptional(
		v.pipe(
			v.string(`${noun} is a text.`),
			v.maxLength(maxChars, tooLong(noun, maxChars)),
			v.check((text) => !FORBIDDEN_IN_NAMES.test(text), `${noun} is one line without control characters.`),
		),
	);
}

/** Fields of every moderation request: the admin's name for themselves, and the reason. */
const note = {
	by: oneLine("The name in by", MAX_BY_CHARS),
	reason: oneLine("A reason", MAX_REASON_CHARS),
};
const MINUTES = `Minutes are a whole number from 1 to ${MAX_MINUTES}, which is ten years; without them a ban is permanent.`;
const Minutes = v.optional(
	v.pipe(v.number(MINUTES), v.integer(MINUTES), v.minValue(1, MINUTES), v.maxValue(MAX_MINUTES, MINUTES)),
);
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
	{ user: UserId, room: v.optional(RoomSchema), minutes: Minutes, ...note },
	ADMIN_SHAPE,
);
/** `POST /api/bans` */
export const BanSchema = v.pipe(
	v.strictObject(
		{
			user: v.optional(UserId),
			address: v.optional(Address),
			addresses: v.optional(v.boolean("addresses is true or false: whether the user's addresses are banned too.")),
			room: v.optional(RoomSchema),
			minutes: Minutes,
			...note,
		},
		ADMIN_SHAPE,
	),
	v.check((request) => isOneOf(request), ONE_OF),
	v.check((request) => isRoomOfUser(request), ROOM_OF_USER),
	v.check(
		({ user, addresses, room }) => !addresses || (user !== undefined && room === undefined),
		"Addresses are banned with a user, and from the whole chat.",
	),
);
/** `DELETE /api/bans` */
export const BanTargetQuerySchema = v.pipe(
	v.strictObject(
		{ user: v.optional(UserId), address: v.optional(Address), room: v.optional(RoomSchema), ...note },
		ADMIN_SHAPE,
	),
	v.check((request) => isOneOf(request), ONE_OF),
	v.check((request) => isRoomOfUser(request), ROOM_OF_USER),
);
/** The query of a request whose path names its target. */
export const ModerationNoteQuerySchema = v.strictObject(note, ADMIN_SHAPE);

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

const page = {
	offset: v.optional(wholeNumber("An offset is a whole number.", 0, Number.MAX_SAFE_INTEGER), "0"),
	limit: PageLimit,
};
/** `GET /api/bans`, `GET /api/people`: all, or those of a user. */
export const ListQuerySchema = v.strictObject({ user: v.optional(UserId), ...page }, ADMIN_SHAPE);
/** `GET /api/audit` */
export const AuditQuerySchema = v.strictObject(
	{
		before: v.exactOptional(wholeNumber("before is the id of an entry.", 1, Number.MAX_SAFE_INTEGER)),
		limit: PageLimit,
	},
	ADMIN_SHAPE,
);
/** `GET /api/reports`. The server reads each message, so that a page is short. */
export const ReportListQuerySchema = v.strictObject(
	{
		before: v.exactOptional(wholeNumber("before is the id of a report.", 1, Number.MAX_SAFE_INTEGER)),
		limit: v.optional(
			wholeNumber(`A limit is a whole number from 1 to ${MAX_REPORT_PAGE}.`, 1, MAX_REPORT_PAGE),
			String(MAX_REPORT_PAGE),
		),
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
		...note,
	},
	SHAPE,
);
