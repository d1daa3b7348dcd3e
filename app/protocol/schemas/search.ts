import * as v from "valibot";
import { MAX_NAME_CHARS, MAX_SEARCH_CHARS } from "../limits.ts";
import { SEARCHED_CONTENT } from "../search.ts";
import { SHAPE, tooLong } from "./fields.ts";
import { RoomSchema } from "./names.ts";

const Time = v.optional(
	v.pipe(
		v.number("A time is milliseconds since 1970."),
		v.safeInteger("A time is milliseconds since 1970."),
		v.minValue(0, "A time is milliseconds since 1970."),
	),
);

/** `search:query` */
export const SearchQuerySchema = v.object(
	{
		text: v.pipe(v.string("A search is a text."), v.maxLength(MAX_SEARCH_CHARS, tooLong("A search", MAX_SEARCH_CHARS))),
		room: v.optional(RoomSchema),
		from: v.optional(v.pipe(v.string("A name is a text."), v.maxLength(2 * MAX_NAME_CHARS, tooLong("A name", 64)))),
		before: Time,
		after: Time,
		has: v.optional(v.picklist(SEARCHED_CONTENT, "A message has a file, a link or a location.")),
		cursor: v.optional(
			v.pipe(
				v.string("A cursor is a text."),
				v.regex(/^\d{1,16}(\.\d{1,16}){0,2}$/, "A cursor is that of a former page."),
			),
		),
	},
	SHAPE,
);
