import type { FileInfo } from "../protocol/file.ts";
import type { Entry } from "../protocol/log.ts";
import type { Append, AppendOutcome, AppendRefusal } from "../room/ports/log.ts";

/**
 * The result of one append as the database returns it; the caller has the rest.
 * - A number: the `seq` of a new entry.
 * - An object: the `seq` of a new entry in the thread `root`, a reply or the removal of one, or of a message with `files`.
 * - A pair: the position of the first one, for a repeat.
 * - A string: the reason of a refusal.
 */
export type AppendResult =
	| number
	| { seq: number; root?: number | undefined; files?: FileInfo[] }
	| [seq: number, createdAt: number]
	| AppendRefusal;

/** Returns the result as the port defines it. */
export function outcomeOf(append: Append, result: AppendResult): AppendOutcome {
	if (typeof result === "string") return { outcome: "refused", reason: result };
	if (Array.isArray(result)) return { outcome: "repeated", seq: result[0], createdAt: result[1] };
	const { seq, root, files } = typeof result === "number" ? { seq: result, root: undefined, files: undefined } : result;
	return { outcome: "appended", entry: entryOf(append, seq, root, files) };
}

function entryOf(append: Append, seq: number, root?: number, files: FileInfo[] = []): Entry {
	const { createdAt } = append;
	if (append.kind === "message") {
		const { author, content, reply, mentions } = append;
		const { body, location } = content;
		return {
			kind: "message",
			seq,
			author,
			createdAt,
			...(reply !== undefined && root !== undefined && { reply, root }),
			...mentionsOf(mentions),
			...(files.length > 0 && { files }),
			...(body === undefined ? { location } : { body }),
		};
	}
	if (append.kind === "member") {
		const { by, user, role } = append;
		return { kind: "member", seq, by, user, ...(role && { role }), createdAt };
	}
	if (append.kind === "room") return { kind: "room", seq, by: append.by, ...append.settings, createdAt };
	const change = { seq, target: append.target, createdAt };
	switch (append.kind) {
		case "edit":
			return { kind: "edit", author: append.user, body: append.body, ...mentionsOf(append.mentions), ...change };
		case "reaction":
			return { kind: "reaction", user: append.user, emoji: append.emoji, on: append.on, ...change };
		case "pin":
			return { kind: "pin", ...(append.by && { user: append.by.user }), on: append.on, ...change };
		case "removal":
			return {
				kind: "removal",
				...(append.by && { by: append.by.user }),
				...(root !== undefined && { root }),
				...change,
			};
	}
}

function mentionsOf(mentions: string[] | undefined): { mentions?: string[] } {
	return mentions && mentions.length > 0 ? { mentions } : {};
}
