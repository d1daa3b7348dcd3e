import { excerptOf, textOrFiles } from "../../../model/excerpt.ts";
import type { Item, MessageItem } from "../../../model/item.ts";

const EXCERPT_CHARS = 40;

type OwnItem = Pick<MessageItem, "content" | "files" | "reactions" | "editedAt" | "edit">;

/** The own messages of the user by key, as they were. */
export type OwnMessages = ReadonlyMap<string, OwnItem>;

export function ownMessages(items: readonly Item[]): OwnMessages {
	const own = items.filter((item): item is MessageItem => item.kind === "message" && item.mine);
	return new Map(own.map((item) => [item.key, item]));
}

/** Returns a sentence for each reaction of somebody else, and each edit, that is new on a message of the user. */
export function ownChanges(before: OwnMessages, now: OwnMessages, ownId: string): string[] {
	const sentences: string[] = [];
	for (const [key, item] of now) {
		const known = before.get(key);
		// Messages that were loaded are not new, nor is what happened to them before.
		if (known === undefined || known === item) continue;
		const { body } = item.content;
		const what = body === undefined ? "your location" : `"${excerptOf(textOrFiles(body, item.files), EXCERPT_CHARS)}"`;
		for (const { emoji, users = [], count } of item.reactions ?? []) {
			const former = known.reactions?.find((reaction) => reaction.emoji === emoji);
			if (count <= (former?.count ?? 0)) continue;
			const added = users.find(({ id }) => id !== ownId && !former?.users?.some((user) => user.id === id));
			if (added) sentences.push(`${added.name} reacted with ${emoji} to ${what}`);
		}
		const isEdited = item.editedAt !== undefined && item.editedAt !== known.editedAt;
		if (isEdited && body !== known.edit?.body) sentences.push(`Your message was edited: ${what}`);
		else if (isEdited) sentences.push("Your edit was saved.");
	}
	return sentences;
}
