import { type Signal, useSignal } from "@preact/signals";
import type { RefObject } from "preact";
import { useEffect, useRef } from "preact/hooks";
import type { Item, MessageItem } from "../../../model/item.ts";
import type { Room } from "../../../model/room.ts";
import { startReply } from "../../composer/compose-state.ts";
import { onTouch } from "../../media.ts";
import { MessageToolbar } from "./MessageToolbar.tsx";
import { actionOverlay } from "./overlay.ts";
import { Portal } from "./Portal.tsx";
import { type RowElement, rowAt } from "./rows.ts";
import { listenToTouch } from "./touch-gestures.ts";

type Props = {
	room: Room;
	/** The messages in `view`. */
	items: readonly Item[];
	/** The element with the messages. */
	view: RefObject<HTMLElement | null>;
	/** Whether they are drawn in the panel of their thread, which has its own field for replies. */
	inThread?: boolean;
};

/** The toolbars of the messages that are hovered or have the focus. A long press opens the sheet, and a swipe replies. */
export function MessageToolbars({ room, items, view, inThread = false }: Props) {
	const hovered = useSignal<RowElement | undefined>(undefined);
	const focused = useSignal<RowElement | undefined>(undefined);
	const shown = useRef(items);
	shown.current = items;
	const itemOf = (key: string) =>
		shown.current.find((item): item is MessageItem => item.kind === "message" && item.key === key);

	function set(signal: Signal<RowElement | undefined>, row: RowElement | undefined): void {
		if (row?.slot !== signal.peek()?.slot) signal.value = row;
	}

	useEffect(() => {
		const element = view.current!;
		const hover = (event: PointerEvent) => {
			if (event.pointerType !== "touch") set(hovered, rowAt(event.target));
		};
		const leave = () => set(hovered, undefined);
		// A menu that closes gives the focus back a moment later.
		const leaveFocus = () => setTimeout(focus);
		const focus = () =>
			set(focused, element.contains(document.activeElement) ? rowAt(document.activeElement) : undefined);
		focus();
		// The pointer may have come to a message before this was loaded.
		if (!onTouch.peek()) set(hovered, rowAt(element.querySelector("article:hover")));
		element.addEventListener("pointerover", hover);
		element.addEventListener("pointerleave", leave);
		element.addEventListener("focusin", focus);
		element.addEventListener("focusout", leaveFocus);
		const stopTouch = listenToTouch(element, {
			onLongPress({ key }) {
				const item = itemOf(key);
				if (item) actionOverlay.value = { kind: "sheet", item, inThread };
			},
			canSwipe: ({ key }) => !inThread && itemOf(key)?.state !== "failed",
			onSwipe: ({ key }) => startReply(room, key),
		});
		return () => {
			element.removeEventListener("pointerover", hover);
			element.removeEventListener("pointerleave", leave);
			element.removeEventListener("focusin", focus);
			element.removeEventListener("focusout", leaveFocus);
			stopTouch();
		};
	}, [room]);
	const withToolbar = [focused.value, hovered.value?.key === focused.value?.key ? undefined : hovered.value];
	return (
		<>
			{withToolbar.map((at) => {
				const item = at && itemOf(at.key);
				return (
					item && (
						<Portal key={at.key} into={at.slot}>
							<MessageToolbar
								item={item}
								room={room}
								inThread={inThread}
								isTabStop={at === focused.value}
								onLeave={() => at.row.focus({ preventScroll: true })}
							/>
						</Portal>
					)
				);
			})}
		</>
	);
}
