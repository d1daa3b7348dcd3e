import * as v from "valibot";
import { MAX_DIRECT_PEOPLE, MAX_ROOM_CHARS, MAX_TOPIC_CHARS } from "../limits.ts";
import { ClientId, SHAPE, tooLong, UserId } from "./fields.ts";
import { FORBIDDEN_IN_NAMES, nameSchema, RoomSchema } from "./names.ts";

const TitleSchema = nameSchema("A title", MAX_ROOM_CHARS, (clean) => clean);
const TopicSchema = v.pipe(
	v.string("A topic is a text."),
	v.maxLength(MAX_TOPIC_CHARS, tooLong("A topic", MAX_TOPIC_CHARS)),
	v.trim(),
	v.check((topic) => !FORBIDDEN_IN_NAMES.test(topic), "A topic can't have control or invisible characters."),
);
const HistorySchema = v.boolean("Whether new members see the history is true or false.");
const RoleSchema = v.picklist(["owner", "member"], 'A role is "owner" or "member".');

/** `room:create` */
export const RoomCreateSchema = v.object(
	{
		clientId: ClientId,
		kind: v.literal("private", 'The kind of a new room is "private".'),
		title: TitleSchema,
		history: v.optional(HistorySchema, true),
	},
	SHAPE,
);
/** `room:update` */
export const RoomUpdateSchema = v.pipe(
	v.object(
		{
			room: RoomSchema,
			title: v.optional(TitleSchema),
			topic: v.optional(TopicSchema),
			history: v.optional(HistorySchema),
		},
		SHAPE,
	),
	v.check(
		({ title, topic, history }) => title !== undefined || topic !== undefined || history !== undefined,
		"Give a title, a topic or a history setting.",
	),
);
/** `member:add` */
export const MemberAddSchema = v.object({ room: RoomSchema, user: UserId, role: v.optional(RoleSchema) }, SHAPE);
/** `member:remove` */
export const MemberRemoveSchema = v.object({ room: RoomSchema, user: UserId }, SHAPE);
/** `direct:open` */
export const DirectOpenSchema = v.object(
	{
		users: v.pipe(
			v.array(UserId, "The users are a list of ids."),
			v.check(({ length }) => length <= MAX_DIRECT_PEOPLE, `A direct room has at most ${MAX_DIRECT_PEOPLE} people.`),
		),
	},
	SHAPE,
);
