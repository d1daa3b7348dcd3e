import * as v from "valibot";
import { canonicalEmoji } from "../emoji.ts";
import { SHAPE } from "./fields.ts";
import { Change, On } from "./message.ts";

const ONE_EMOJI = "A reaction is one emoji.";
/** The longest emoji has about 30 UTF-16 code units. */
const MAX_EMOJI_CHARS = 64;

/** `reaction:set`, with the emoji in its fully qualified form. */
export const ReactionSetSchema = v.object(
	{
		...Change,
		emoji: v.pipe(
			v.string(ONE_EMOJI),
			v.check((text) => text.length <= MAX_EMOJI_CHARS, ONE_EMOJI),
			v.transform((text) => canonicalEmoji(text) ?? ""),
			v.nonEmpty(ONE_EMOJI),
		),
		on: On,
	},
	SHAPE,
);
