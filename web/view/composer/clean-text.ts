import { FORBIDDEN_IN_BODIES } from "../../../app/protocol/message.ts";

/** Other line breaks than the usual one, as word processors and terminals have them. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const LINE_BREAKS = /[\u000b\u000c\u0085\u2028\u2029]/g;

/** Removes characters of a pasted text that the server refuses in a message. */
export function cleanText(text: string): string {
	return text.replace(LINE_BREAKS, "\n").replace(FORBIDDEN_IN_BODIES, "");
}
