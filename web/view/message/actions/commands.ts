import type { Refusal } from "../../../../app/protocol/refusal.ts";
import type { MessageItem } from "../../../model/item.ts";
import type { Room } from "../../../model/room.ts";
import { pathOfMessage } from "../../rooms/room-address.ts";
import { copyToClipboard } from "../../undo/clipboard.ts";
import { offerUndo, showToast } from "../../undo/undo.ts";

/** The reactions that are offered first. */
export const QUICK_REACTIONS = [
	{ emoji: "👍", label: "Thumbs up" },
	{ emoji: "❤️", label: "Red heart" },
	{ emoji: "😀", label: "Grinning face" },
] as const;

export function isMine({ reactions }: MessageItem, emoji: string): boolean {
	return reactions?.some((reaction) => reaction.emoji === emoji && reaction.mine) ?? false;
}

/** Adds the user's reaction, or removes it. */
export function toggleReaction(room: Room, item: MessageItem, emoji: string): void {
	report(room.react(item.key, emoji, !isMine(item, emoji)));
}

/** Adds the user's reaction if it is not there. */
export function addReaction(room: Room, item: MessageItem, emoji: string): void {
	report(room.react(item.key, emoji, true));
}

/** Copies the source of the text. */
export function copyText({ content }: MessageItem): Promise<void> {
	const { body, location } = content;
	return copyToClipboard(body ?? `${location.latitude}, ${location.longitude}`, "Text copied.");
}

export function copyLink(room: Room, seq: number): Promise<void> {
	return copyToClipboard(`${window.location.origin}${pathOfMessage(room.name, seq)}`, "Link copied.");
}

/** Marks the message and all after it as unread. */
export function markUnread(room: Room, seq: number): void {
	room.markUnread(seq);
	showToast("Marked as unread.");
}

/** Removes the message, and offers to undo that where it can be undone. */
export function remove(room: Room, { key }: MessageItem): void {
	const refusal = room.remove(key);
	const canUndo = room.removals.peek().some((removal) => removal.key === key);
	if (refusal !== undefined) report(refusal);
	else if (!canUndo) showToast("Message deleted");
	// The room itself sends the removal after the same time.
	else offerUndo({ sentence: "Message deleted", finish() {}, undo: () => room.undoRemoval(key) });
}

function report(refusal: Refusal | undefined): void {
	if (refusal !== undefined) showToast(refusal.message);
}
