import * as v from "valibot";
import { type Content, FORBIDDEN_IN_BODIES } from "../message.ts";
import { INVISIBLE, Limit, Seq, SHAPE } from "./fields.ts";
import { RoomSchema } from "./names.ts";

const BodySchema = v.pipe(
	v.string("A body is a text."),
	v.check((body) => body.replace(INVISIBLE, "") !== "", "A message needs some text."),
	v.check((body) => body.search(FORBIDDEN_IN_BODIES) === -1, "A message can't have control characters."),
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

/** `message:send`. The domain checks the length of `body`, because the limit is a setting. */
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
