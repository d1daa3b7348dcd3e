import * as v from "valibot";
import { SHAPE } from "./fields.ts";
import { RoomSchema } from "./names.ts";
import { CursorEntries } from "./room.ts";

/** `room:read` */
export const RoomReadSchema = v.object(
	{ room: RoomSchema, ...CursorEntries, back: v.optional(v.literal(true, "The field back is true, or absent.")) },
	SHAPE,
);
