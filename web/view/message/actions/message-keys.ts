import type { MessageItem } from "../../../model/item.ts";
import type { Room } from "../../../model/room.ts";
import { isComposing } from "../../controls/is-composing.ts";
import { actionsOf } from "./action-list.ts";
import { actionOverlay } from "./overlay.ts";

/** Handles a key on the message that has the focus. Returns whether it did. */
export function handleMessageKey(event: KeyboardEvent, item: MessageItem, room: Room, inThread = false): boolean {
	// With these, keys belong to the browser: Ctrl+C copies what is selected.
	if (event.ctrlKey || event.metaKey || event.altKey || isComposing(event)) return false;
	if (event.key === "?") {
		actionOverlay.value = { kind: "keys" };
		return true;
	}
	const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
	const action = actionsOf(room, item, inThread).find((one) => one.key === key);
	action?.run();
	return action !== undefined;
}
