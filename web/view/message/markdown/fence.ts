import type { Taken } from "./parse-markdown.ts";
import type { Block } from "./tree.ts";

const OPENING = /^ {0,3}```([^`]*)$/;
const LANGUAGE = /^[\w+#.-]{1,32}$/;
const TICKS = "```";

/**
 * Takes a fenced block that opens on the line `at`: with a language after the ticks, or with code there, as people write it.
 * Returns undefined if none opens, and "unclosed" if none of the following lines closes it.
 */
export function takeFence(lines: string[], at: number): Taken<Block> | "unclosed" | undefined {
	const opening = OPENING.exec(lines[at]!);
	if (opening === null) return undefined;
	let closing = at + 1;
	while (closing < lines.length && codeBeforeTicks(lines[closing]!) === undefined) closing++;
	if (closing === lines.length) return "unclosed";
	const info = opening[1]!.trim();
	const language = LANGUAGE.test(info) ? info : "";
	const code = lines.slice(at + 1, closing);
	if (info !== "" && language === "") code.unshift(opening[1]!);
	const last = codeBeforeTicks(lines[closing]!)!;
	if (last.trim() !== "") code.push(last);
	return { end: closing + 1, value: { kind: "code", language, text: code.join("\n") } };
}

/** Returns what is before the ticks that end a line, if these are its only ones. */
function codeBeforeTicks(line: string): string | undefined {
	const end = line.trimEnd();
	const start = line.indexOf("`");
	return start !== -1 && start === end.length - TICKS.length && end.endsWith(TICKS) ? end.slice(0, start) : undefined;
}
