import type { Content } from "../../../app/protocol/message.ts";

const MAX_CHARS = 120;

/** Returns the beginning of a message's text in one line. */
export function excerptOf({ body }: Pick<Content, "body">): string {
	if (body === undefined) return "Location";
	const line = body
		.slice(0, 4 * MAX_CHARS)
		.replace(/\s+/g, " ")
		.trim();
	return line.length > MAX_CHARS ? `${line.slice(0, MAX_CHARS - 1)}…` : line;
}
