import type { MessageItem } from "../../../model/item.ts";
import { isModerator } from "../../../model/moderation.ts";
import type { Room } from "../../../model/room.ts";
import { startReply } from "../../composer/compose-state.ts";
import { showThread } from "../../thread/thread-choice.ts";
import { isEditable, startEdit } from "../editing.ts";
import type { ActionIconName } from "./ActionIcon.tsx";
import { copyLink, copyText, markUnread, remove } from "./commands.ts";
import { actionOverlay } from "./overlay.ts";

export type Action = {
	id: "react" | "reply" | "thread" | "edit" | "copy" | "link" | "unread" | "report" | "moderate" | "delete";
	label: string;
	icon: ActionIconName;
	/** The key that does it while the message has the focus. */
	key?: string;
	run(): void;
};

/** What belongs to the room's list of messages and its composer, and is not offered in the panel of a thread. */
const IN_ROOM: readonly Action["id"][] = ["reply", "thread", "edit"];

/** Returns what the user can do with a message, in the order of the menu. */
export function actionsOf(room: Room, item: MessageItem, inThread = false): Action[] {
	return allActions(room, item).filter(({ id }) => !inThread || !IN_ROOM.includes(id));
}

function allActions(room: Room, item: MessageItem): Action[] {
	const { key, seq, thread = seq, content, mine, state } = item;
	const moderates = !mine && isModerator(room.me);
	const isThere = state !== "failed";
	const actions: (Action | false | undefined)[] = [
		isThere && {
			id: "react",
			label: "Add a reaction",
			icon: "react",
			key: "+",
			run: () => {
				actionOverlay.value = { kind: "picker", item };
			},
		},
		isThere && { id: "reply", label: "Reply", icon: "reply", key: "r", run: () => startReply(room, key) },
		thread !== undefined && {
			id: "thread",
			label: "Reply in thread",
			icon: "thread",
			run: () => showThread(room, thread),
		},
		isEditable(item) && {
			id: "edit",
			label: "Edit",
			icon: "edit",
			key: "e",
			run: () => startEdit(room, item, "message"),
		},
		content.body !== "" && {
			id: "copy",
			label: content.location === undefined ? "Copy text" : "Copy position",
			icon: "copy",
			key: "c",
			run: () => void copyText(item),
		},
		seq !== undefined && { id: "link", label: "Copy link", icon: "link", run: () => void copyLink(room, seq) },
		seq !== undefined &&
			!mine && { id: "unread", label: "Mark as unread", icon: "unread", key: "u", run: () => markUnread(room, seq) },
		seq !== undefined &&
			!mine && {
				id: "report",
				label: "Report",
				icon: "report",
				run: () => {
					actionOverlay.value = { kind: "report", item };
				},
			},
		seq !== undefined &&
			moderates && {
				id: "moderate",
				label: "Moderate author",
				icon: "moderate",
				run: () => {
					actionOverlay.value = { kind: "person", user: item.author };
				},
			},
		(mine || (seq !== undefined && moderates)) && {
			id: "delete",
			label: "Delete",
			icon: "delete",
			key: "Delete",
			run: () => remove(room, item),
		},
	];
	return actions.filter((action) => typeof action === "object");
}
