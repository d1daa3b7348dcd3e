import { REACTION_USERS } from "../../protocol/limits.ts";
import type { Message } from "../../protocol/message.ts";
import type { Reaction } from "../../protocol/reaction.ts";
import { MESSAGE_COLUMNS, type MessageRow } from "../entry-row.ts";
import { messageOf, type StateRow } from "../message-row.ts";
import { FILES_OF_ENTRY } from "./files.ts";

/** A message with its current text, its state with nulls if it has none, and its reactions. */
export type CurrentRow = [
	...message: MessageRow,
	rev: number | null,
	editedAt: number | null,
	replies: number | null,
	pinned: number | null,
	reactions: Reaction[] | null,
];

const STATE_AT = MESSAGE_COLUMNS.length;

/** The columns of a {@link CurrentRow}, as {@link currentMessages} returns them. */
export const CURRENT_COLUMNS = [...MESSAGE_COLUMNS, "rev", "edited_at", "replies", "pinned", "reactions"];

const COLUMNS = MESSAGE_COLUMNS.map((column) => {
	if (column === "body") return "coalesce(text.body, entry.body) AS body";
	if (column === "mentions") return "CASE WHEN text.seq IS NULL THEN entry.mentions ELSE text.mentions END AS mentions";
	return column === "files" ? FILES_OF_ENTRY : `entry.${column}`;
}).join(", ");

/** Returns SQL for the current state of the messages that `entries` selects. `viewer` is the parameter of a user's id. */
export function currentMessages(entries: string, viewer: string): string {
	return `
		SELECT ${COLUMNS}, state.rev, text.created_at AS edited_at, state.replies, state.pinned, reaction.reactions
		FROM (${entries}) AS entry
		LEFT JOIN hubbub.message_states AS state ON state.room_id = entry.room_id AND state.seq = entry.seq
		LEFT JOIN hubbub.entries AS text ON text.room_id = state.room_id AND text.seq = state.text_seq
		LEFT JOIN LATERAL (
			SELECT jsonb_agg(
				jsonb_strip_nulls(jsonb_build_object('emoji', emoji, 'count', count, 'users', users, 'mine', mine))
				ORDER BY first
			) AS reactions
			FROM (
				SELECT emoji, count(*) AS count, min(seq) AS first, nullif(bool_or(user_id = ${viewer}), false) AS mine,
					(array_agg(jsonb_build_object('id', user_id, 'name', user_name) ORDER BY seq))[:${REACTION_USERS}] AS users
				FROM hubbub.reactions
				WHERE room_id = state.room_id AND target = state.seq
				GROUP BY emoji
			) AS kind
		) AS reaction ON state.seq IS NOT NULL`;
}

/** Returns the message of a row. */
export function currentMessageOf(row: CurrentRow): Message {
	const message = row.slice(0, STATE_AT) as MessageRow;
	const [rev, editedAt, replies, pinned, reactions] = row.slice(STATE_AT) as [...StateRow, Reaction[] | null];
	return rev === null ? messageOf(message) : messageOf(message, [rev, editedAt, replies, pinned], reactions ?? []);
}
