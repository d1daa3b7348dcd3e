import type { FileInfo } from "../../protocol/file.ts";
import { ENTRY_CHARS } from "../../protocol/limits.ts";
import type { Entry } from "../../protocol/log.ts";
import type { Append } from "../ports/log.ts";
import type { LogSlice } from "./tail.ts";

/** Characters of a person who is named with a reaction. */
const NAME_CHARS = 40;

/** Returns about the number of characters of the entries as JSON: those of the texts, and `ENTRY_CHARS` for each entry. */
export function charsOf(entries: readonly Entry[]): number {
	return entries.reduce((chars, entry) => chars + ENTRY_CHARS + charsOfText(entry) + charsOfFiles(entry), 0);
}

function charsOfText(entry: Entry): number {
	return ("body" in entry && entry.body?.length) || 0;
}

function charsOfFiles(entry: Entry): number {
	const files: FileInfo[] = (entry.kind === "message" && entry.files) || [];
	return files.reduce((chars, { name, alt = "" }) => chars + 2 * ENTRY_CHARS + name.length + alt.length, 0);
}

/** Returns about the number of characters of a part of a log as JSON, counted as {@link charsOf} does. */
export function charsOfSlice({ entries, messages = [] }: LogSlice): number {
	if (entries) return charsOf(entries);
	return messages.reduce((chars, { body, reactions = [] }) => {
		const names = reactions.reduce((sum, { users = [] }) => sum + users.length, 0);
		return chars + ENTRY_CHARS + (body?.length ?? 0) + names * NAME_CHARS;
	}, 0);
}

/** Returns about the number of characters of the entry that an append makes, counted as {@link charsOf} does. */
export function charsOfAppend(append: Append): number {
	if (append.kind === "edit") return ENTRY_CHARS + append.body.length;
	if (append.kind !== "message") return ENTRY_CHARS;
	return ENTRY_CHARS + (append.content.body?.length ?? 0) + 3 * ENTRY_CHARS * (append.files?.length ?? 0);
}
