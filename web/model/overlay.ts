import type { FileInfo } from "../../app/protocol/file.ts";
import { REACTION_USERS } from "../../app/protocol/limits.ts";
import type { Content, MessageState } from "../../app/protocol/message.ts";
import type { Reaction } from "../../app/protocol/reaction.ts";
import type { User } from "../../app/protocol/session.ts";
import type { MessageItem, PendingMark, ReactionItem } from "./item.ts";
import type { PendingChange } from "./pending.ts";

/** The part of a message that changes. */
export type Changeable = {
	content: Content;
	mentions?: readonly string[] | undefined;
	files?: readonly FileInfo[];
} & Pick<MessageState, "editedAt" | "reactions" | "pinned">;

export type Changed = Pick<
	MessageItem,
	"content" | "editedAt" | "edit" | "removal" | "reactions" | "pinned" | "pin" | "mentions" | "files"
>;

/** Returns the message with the pending changes, in their order; undefined if one of them removes it. */
export function withChanges(message: Changeable, changes: readonly PendingChange[], me: User): Changed | undefined {
	const { content, mentions, files, editedAt, reactions, pinned } = message;
	let changed: Changed = {
		content,
		...(mentions && { mentions }),
		...(files && { files }),
		...(editedAt !== undefined && { editedAt }),
		...(reactions && { reactions }),
		...(pinned && { pinned }),
	};
	for (const change of changes) {
		const { state } = change;
		const mark = markOf(change);
		switch (change.kind) {
			case "removal":
				if (state !== "failed") return undefined;
				changed.removal = mark;
				break;
			case "edit":
				if (state !== "failed") changed = withText(changed, change);
				changed.edit = { ...mark, body: change.body, ...(change.mentions && { mentions: change.mentions }) };
				break;
			case "pin": {
				const { pinned: before, ...rest } = changed;
				const isPinned = state === "failed" ? before : change.on;
				changed = { ...rest, ...(isPinned && { pinned: true }), pin: mark };
				break;
			}
			case "reaction": {
				const after = withReaction(changed.reactions ?? [], change, mark, me);
				const { reactions: _, ...rest } = changed;
				changed = after.length > 0 ? { ...rest, reactions: after } : rest;
			}
		}
	}
	return changed;
}

function markOf({ clientId, state, refusal }: PendingChange): PendingMark {
	return { clientId, state, ...(refusal && { refusal }) };
}

function withText(changed: Changed, { body, mentions }: PendingChange & { kind: "edit" }): Changed {
	const { mentions: _, editedAt: __, ...rest } = changed;
	return { ...rest, content: { body }, ...(mentions?.length && { mentions }) };
}

/** A reaction that failed to be set is drawn as set, so that it can be retried; one that failed to be unset stays. */
function withReaction(
	reactions: readonly ReactionItem[],
	{ emoji, on, state }: PendingChange & { kind: "reaction" },
	pending: PendingMark,
	me: User,
): ReactionItem[] {
	const index = reactions.findIndex((reaction) => reaction.emoji === emoji);
	const before: Reaction = reactions[index] ?? { emoji, count: 0 };
	const isOn = on || state === "failed";
	const wasOn = before.mine === true;
	const { users: former = [] } = before;
	const others = former.filter(({ id }) => id !== me.id);
	const count = before.count + (isOn === wasOn ? 0 : isOn ? 1 : -1);
	const users = isOn === wasOn ? former : isOn && others.length < REACTION_USERS ? [...others, me] : others;
	const changed: ReactionItem = { emoji, count, users, ...(isOn && { mine: true }), pending };
	if (index === -1) return count > 0 ? [...reactions, changed] : [...reactions];
	return reactions.flatMap((reaction, at) => (at !== index ? [reaction] : count > 0 ? [changed] : []));
}
