import { useEffect } from "preact/hooks";
import type { MessageItem } from "../../../model/item.ts";
import type { Room } from "../../../model/room.ts";
import { isComposing } from "../../controls/is-composing.ts";
import { isEditable, startEdit } from "../editing.ts";
import { actionOverlay } from "./overlay.ts";

/** Keys that do not need the focus on a message: Ctrl+/ lists the keys, and up in the empty composer edits the last own message. */
export function usePageKeys(room: Room): void {
	useEffect(() => {
		const handle = (event: KeyboardEvent) => {
			if (event.defaultPrevented || isComposing(event)) return;
			if (event.key === "/" && (event.ctrlKey || event.metaKey)) {
				if (document.querySelector("dialog[open]") === null) actionOverlay.value = { kind: "keys" };
			} else if (event.key === "ArrowUp" && isEmptyComposer(event)) {
				const last = lastEditable(room);
				if (last === undefined) return;
				startEdit(room, last, "composer");
			} else return;
			event.preventDefault();
		};
		addEventListener("keydown", handle);
		return () => removeEventListener("keydown", handle);
	}, [room]);
}

function isEmptyComposer({ target, altKey, ctrlKey, metaKey, shiftKey }: KeyboardEvent): boolean {
	const isPlain = !altKey && !ctrlKey && !metaKey && !shiftKey;
	return isPlain && target instanceof HTMLTextAreaElement && target.id === "composer" && target.value === "";
}

function lastEditable(room: Room): MessageItem | undefined {
	return room.items.peek().findLast((item): item is MessageItem => item.kind === "message" && isEditable(item));
}
