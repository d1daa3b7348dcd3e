import type { FileInfo } from "../protocol/file.ts";
import type { Entry } from "../protocol/log.ts";
import type { Content, SentMessage } from "../protocol/message.ts";

/** The columns of a {@link MessageRow}, in its order, of the table `entry`. `files` are of the table `files`. */
export const MESSAGE_COLUMNS = [
	"seq",
	"created_at",
	"author_id",
	"author_name",
	"body",
	"latitude",
	"longitude",
	"accuracy",
	"reply",
	"root",
	"mentions",
	"files",
] as const;

/** A message of either database. Statements that select it return arrays. Columns that it does not use are null. */
export type MessageRow = [
	seq: number,
	createdAt: number,
	authorId: string | null,
	authorName: string | null,
	body: string | null,
	latitude: number | null,
	longitude: number | null,
	accuracy: number | null,
	reply: number | null,
	root: number | null,
	/** A JSON array of ids. */
	mentions: string | null,
	files: FileInfo[] | null,
];

/** An entry of either database: the columns `kind, target, emoji, is_on`, and those of a {@link MessageRow}. */
export type EntryRow = [
	kind: string,
	target: number | null,
	emoji: string | null,
	isOn: number | boolean | null,
	...message: MessageRow,
];

/**
 * Returns SQL for the kind of `entry`: that of a change whose target is not a message any more is `erased`. It is a scalar
 * subquery, because for EXISTS PostgreSQL may read all messages.
 */
export function kindOf(entries: string): string {
	return `
		CASE
			WHEN entry.target IS NOT NULL AND entry.kind <> 'removal' AND 'message' IS DISTINCT FROM (
				SELECT message.kind FROM ${entries} AS message
				WHERE message.room_id = entry.room_id AND message.seq = entry.target
			) THEN 'erased'
			ELSE entry.kind
		END AS kind`;
}

/** A kind that this version does not know reads as `erased`. */
export function entryOf([kind, target, emoji, isOn, ...row]: EntryRow): Entry {
	const [seq, createdAt, id, name, body, , , , , root, mentions] = row;
	const user = { id: id!, name: name! };
	const change = { seq, target: target!, createdAt };
	switch (kind) {
		case "message":
			return { kind, ...sentMessageOf(row) };
		case "edit":
			return {
				kind,
				author: user,
				body: body!,
				...change,
				...(mentions !== null && { mentions: JSON.parse(mentions) }),
			};
		case "reaction":
			return { kind, user, emoji: emoji!, on: Boolean(isOn), ...change };
		case "pin":
			return { kind, ...(id !== null && { user }), on: Boolean(isOn), ...change };
		case "member":
		case "room":
			return { kind, seq, by: user, ...JSON.parse(body!), createdAt };
		case "removal":
			return { kind, ...(id !== null && { by: user }), ...(root !== null && { root }), ...change };
		default:
			return { kind: "erased", seq, createdAt, ...(kind === "erased" && root !== null && { root }) };
	}
}

export function sentMessageOf(row: MessageRow): SentMessage {
	const [seq, createdAt, id, name, , , , , reply, root, mentions, files] = row;
	return {
		seq,
		author: { id: id!, name: name! },
		createdAt,
		...(reply !== null && { reply }),
		...(root !== null && { root }),
		...(mentions !== null && { mentions: JSON.parse(mentions) }),
		...(files !== null && { files }),
		...contentOf(row),
	};
}

function contentOf([, , , , body, latitude, longitude, accuracy]: MessageRow): Content {
	if (body !== null) return { body };
	return { location: { latitude: latitude!, longitude: longitude!, ...(accuracy !== null && { accuracy }) } };
}

/** Returns the column `mentions`. */
export function mentionsColumn(mentions: readonly string[] | undefined): string | null {
	return mentions && mentions.length > 0 ? JSON.stringify(mentions) : null;
}
