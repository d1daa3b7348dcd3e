import * as v from "valibot";
import { MAX_MENTIONS } from "../limits.ts";
import { type Content, FORBIDDEN_IN_BODIES } from "../message.ts";
import { ClientId, INVISIBLE, Limit, Seq, SHAPE } from "./fields.ts";
import { Files } from "./file.ts";
import { RoomSchema } from "./names.ts";

const TextSchema = v.pipe(
	v.string("A body is a text."),
	v.check((body) => body.search(FORBIDDEN_IN_BODIES) === -1, "A message can't have control characters."),
);
const NO_TEXT = "A message needs some text.";
const isVisible = (body: string) => body.replace(INVISIBLE, "") !== "";
const BodySchema = v.pipe(TextSchema, v.check(isVisible, NO_TEXT));

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

const MENTIONS = `Mentions are a list of at most ${MAX_MENTIONS} user ids.`;
/** Longer than every user's id. */
const MAX_ID_CHARS = 64;
const Mentions = v.optional(
	v.pipe(
		v.array(
			v.pipe(
				v.string(MENTIONS),
				v.check((id) => id.length <= MAX_ID_CHARS, MENTIONS),
			),
			MENTIONS,
		),
		v.check((ids) => ids.length <= MAX_MENTIONS, MENTIONS),
	),
);

/** The `seq` of a message. */
const MessageSeq = v.pipe(Seq, v.minValue(1, "A message's seq is 1 or more."));

/** The fields of every change of a message. */
export const Change = { room: RoomSchema, target: MessageSeq, clientId: ClientId };
export const On = v.boolean('The field "on" is true or false.');

/** `message:send`. The domain checks the length of `body`, because the limit is a setting. */
export const MessageSendSchema = v.pipe(
	v.object(
		{
			room: RoomSchema,
			clientId: ClientId,
			body: v.optional(TextSchema),
			location: v.optional(LocationSchema),
			files: Files,
			reply: v.optional(MessageSeq),
			mentions: Mentions,
		},
		SHAPE,
	),
	v.check(
		({ body, location, files = [] }) =>
			location === undefined ? body !== undefined || files.length > 0 : body === undefined && files.length === 0,
		"A message has either a body or a location, or files.",
	),
	v.forward(
		v.partialCheck(
			[["body"], ["files"]],
			({ body, files = [] }) => body === undefined || files.length > 0 || isVisible(body),
			NO_TEXT,
		),
		["body"],
	),
	v.transform(({ body = "", location, files = [], ...rest }) => ({
		...rest,
		...(files.length > 0 && { files }),
		content: (location === undefined ? { body: isVisible(body) ? body : "" } : { location }) as Content,
	})),
);

/** `message:edit` */
export const MessageEditSchema = v.object({ ...Change, body: BodySchema, mentions: Mentions }, SHAPE);
/** `message:remove` */
export const MessageRemoveSchema = v.object(Change, SHAPE);

/** `message:history` */
export const MessageHistorySchema = v.pipe(
	v.object(
		{
			room: RoomSchema,
			before: v.optional(Seq),
			after: v.optional(Seq),
			limit: Limit,
			root: v.optional(MessageSeq),
			pinned: v.optional(v.literal(true, 'The field "pinned" is true or absent.')),
		},
		SHAPE,
	),
	v.check(({ before, after }) => before === undefined || after === undefined, "Give either before or after, not both."),
	v.check(({ root, pinned }) => root === undefined || !pinned, "Give either root or pinned, not both."),
);

const AT = "A time is a whole number of milliseconds since 1970.";
/** `message:around` */
export const MessageAroundSchema = v.pipe(
	v.object(
		{
			room: RoomSchema,
			seq: v.optional(MessageSeq),
			at: v.optional(v.pipe(v.number(AT), v.safeInteger(AT), v.minValue(0, AT))),
			limit: Limit,
		},
		SHAPE,
	),
	v.check(({ seq, at }) => (seq === undefined) !== (at === undefined), "Give either a seq or a time, at."),
	v.transform(({ seq, at, ...rest }) => ({ ...rest, ...(seq === undefined ? { at: at! } : { seq }) })),
);
