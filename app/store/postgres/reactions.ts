import type { ReactionKind } from "../../room/ports/reactions.ts";
import type { Connections } from "./connections.ts";

const REACTIONS_OF = `
	SELECT kind.target, kind.emoji
	FROM hubbub.rooms AS room
	CROSS JOIN jsonb_to_recordset($3) AS kind (target bigint, emoji text)
	JOIN hubbub.reactions AS reaction
		ON reaction.room_id = room.id AND reaction.target = kind.target
		AND reaction.emoji = kind.emoji AND reaction.user_id = $1
	WHERE room.name = $2`;

/** Returns those of `kinds` with which the user reacts. */
export async function readReactionsOf(
	connections: Connections,
	user: string,
	room: string,
	kinds: readonly ReactionKind[],
): Promise<ReactionKind[]> {
	const rows = await connections.query<[target: number, emoji: string]>(REACTIONS_OF, [
		user,
		room,
		JSON.stringify(kinds),
	]);
	return rows.map(([target, emoji]) => ({ target, emoji }));
}
