import * as v from "valibot";
import { MAX_JOINS } from "../limits.ts";
import { Seq, SHAPE } from "./fields.ts";
import { RoomSchema } from "./names.ts";

/** The fields of a cursor. */
export const CursorEntries = {
	epoch: v.pipe(v.string("An epoch is a text."), v.maxLength(64, "An epoch is at most 64 characters long.")),
	seq: Seq,
};
const CursorSchema = v.object(CursorEntries, "A cursor is an object with an epoch and a seq.");

/** `room:join` */
export const RoomJoinSchema = v.object({ room: RoomSchema, after: v.optional(CursorSchema) }, SHAPE);
/** `rooms:join`. The rooms are validated one by one with {@link RoomJoinSchema}: each has an ack of its own. */
export const RoomsJoinSchema = v.object(
	{
		rooms: v.pipe(
			v.array(v.unknown(), "The rooms are a list."),
			v.check(({ length }) => length >= 1 && length <= MAX_JOINS, `A request joins 1 to ${MAX_JOINS} rooms.`),
		),
	},
	SHAPE,
);
/** `room:leave`, `typing:start`, `typing:stop`, and every route that is about a room */
export const InRoomSchema = v.object({ room: RoomSchema }, SHAPE);
/** `log:since` */
export const LogSinceSchema = v.object({ room: RoomSchema, after: Seq }, SHAPE);
