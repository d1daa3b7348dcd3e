import type { Entry } from "../protocol/log.ts";
import type { Content, Message } from "../protocol/message.ts";

/** The columns of an {@link EntryRow}, in its order. Statements that select them return arrays. */
export const ENTRY_COLUMNS =
	"seq, kind, created_at, author_id, author_name, body, latitude, longitude, accuracy, target";

/** An entry of either database. Columns that its kind does not use are null. */
export type EntryRow = [
	seq: number,
	kind: string,
	createdAt: number,
	authorId: string | null,
	authorName: string | null,
	body: string | null,
	latitude: number | null,
	longitude: number | null,
	accuracy: number | null,
	target: number | null,
];

export function entryOf(row: EntryRow): Entry {
	const [seq, kind, createdAt, , , , , , , target] = row;
	if (kind === "removal") return { kind, seq, target: target!, createdAt };
	if (kind === "erased") return { kind, seq, createdAt };
	return { kind: "message", ...messageOf(row) };
}

/** Returns the message of a row of kind `message`. */
export function messageOf(row: EntryRow): Message {
	const [seq, , createdAt, authorId, authorName] = row;
	return { seq, author: { id: authorId!, name: authorName! }, createdAt, ...contentOf(row) };
}

function contentOf([, , , , , body, latitude, longitude, accuracy]: EntryRow): Content {
	if (body !== null) return { body };
	return { location: { latitude: latitude!, longitude: longitude!, ...(accuracy !== null && { accuracy }) } };
}
