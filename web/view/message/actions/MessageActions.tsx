import { type Signal, useSignal } from "@preact/signals";
import type { RefObject } from "preact";
import { useEffect } from "preact/hooks";
import type { MessageItem } from "../../../model/item.ts";
import type { Room } from "../../../model/room.ts";
import { LoadedDialog } from "../../loading/Loaded.tsx";
import { onTouch } from "../../media.ts";
import { emojiPicker, keysDialog } from "../../parts.ts";
import { messageActions } from "../message-actions.ts";
import { ActionSheet } from "./ActionSheet.tsx";
import { addReaction } from "./commands.ts";
import { MessageToolbar } from "./MessageToolbar.tsx";
import { actionOverlay } from "./overlay.ts";
import { Portal } from "./Portal.tsx";
import { type RowElement, rowAt } from "./rows.ts";
import { listenToTouch } from "./touch-gestures.ts";
import { useOwnAnnouncements } from "./use-own-announcements.ts";
import { usePageKeys } from "./use-page-keys.ts";

export { handleMessageKey } from "./message-keys.ts";

type Props = {
	room: Room;
	/** The element with the messages. */
	view: RefObject<HTMLElement | null>;
};

/** What can be done with the messages of a room: the toolbar of those that are hovered or have the focus, and the sheet. */
export function MessageActions({ room, view }: Props) {
	const hovered = useSignal<RowElement | undefined>(undefined);
	const focused = useSignal<RowElement | undefined>(undefined);
	const itemOf = (key: string) =>
		room.items.value.find((item): item is MessageItem => item.kind === "message" && item.key === key);
	useOwnAnnouncements(room);
	usePageKeys(room);

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
				if (item) actionOverlay.value = { kind: "sheet", item };
			},
			canSwipe: ({ key }) => messageActions.onReply !== undefined && itemOf(key)?.state !== "failed",
			onSwipe: ({ key }) => messageActions.onReply?.(room, key),
		});
		return () => {
			element.removeEventListener("pointerover", hover);
			element.removeEventListener("pointerleave", leave);
			element.removeEventListener("focusin", focus);
			element.removeEventListener("focusout", leaveFocus);
			stopTouch();
		};
	}, [room]);
	useEffect(() => close, [room]);

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
								isTabStop={at === focused.value}
								onLeave={() => at.row.focus({ preventScroll: true })}
							/>
						</Portal>
					)
				);
			})}
			<Overlay room={room} />
		</>
	);
}

function Overlay({ room }: { room: Room }) {
	const shown = actionOverlay.value;
	useRestoredFocus(shown !== undefined);
	if (shown?.kind === "sheet") return <ActionSheet item={shown.item} room={room} onClose={close} />;
	if (shown?.kind === "picker") {
		return (
			<LoadedDialog part={emojiPicker} onClose={close}>
				{({ EmojiPicker }) => (
					<EmojiPicker
						onPick={(emoji) => {
							close();
							addReaction(room, shown.item, emoji);
						}}
						onClose={close}
					/>
				)}
			</LoadedDialog>
		);
	}
	if (shown?.kind !== "keys") return null;
	return (
		<LoadedDialog part={keysDialog} onClose={close}>
			{({ KeysDialog }) => <KeysDialog onClose={close} />}
		</LoadedDialog>
	);
}

/** Gives the focus back to the element that had it before, unless something else has taken it. */
function useRestoredFocus(isOpen: boolean): void {
	useEffect(() => {
		const before = document.activeElement;
		return () => {
			if (isOpen && document.activeElement === document.body && before instanceof HTMLElement) before.focus();
		};
	}, [isOpen]);
}

function close(): void {
	actionOverlay.value = undefined;
}
