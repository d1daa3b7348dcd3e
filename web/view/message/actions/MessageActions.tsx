import type { RefObject } from "preact";
import { useEffect } from "preact/hooks";
import type { ChatModel } from "../../../model/chat-model.ts";
import type { Room } from "../../../model/room.ts";
import { LoadedDialog } from "../../loading/Loaded.tsx";
import { emojiPicker, keysDialog, moderationDialog } from "../../parts.ts";
import { ActionSheet } from "./ActionSheet.tsx";
import { addReaction } from "./commands.ts";
import { MessageToolbars } from "./MessageToolbars.tsx";
import { actionOverlay } from "./overlay.ts";
import { useCopy } from "./use-copy.ts";
import { useOwnAnnouncements } from "./use-own-announcements.ts";
import { usePageKeys } from "./use-page-keys.ts";

export { MessageToolbars } from "./MessageToolbars.tsx";
export { handleMessageKey } from "./message-keys.ts";

type Props = {
	chat: ChatModel;
	room: Room;
	/** The element with the messages. */
	view: RefObject<HTMLElement | null>;
};

/** What can be done with the messages of a room: the toolbars, the sheet, and the keys. */
export function MessageActions({ chat, room, view }: Props) {
	useOwnAnnouncements(room);
	usePageKeys(room);
	useCopy(room, view);
	useEffect(() => close, [room]);
	return (
		<>
			<MessageToolbars room={room} items={room.items.value} view={view} />
			<Overlay chat={chat} room={room} />
		</>
	);
}

function Overlay({ chat, room }: Omit<Props, "view">) {
	const shown = actionOverlay.value;
	useRestoredFocus(shown !== undefined);
	if (shown?.kind === "sheet")
		return <ActionSheet item={shown.item} room={room} inThread={shown.inThread} onClose={close} />;
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
	if (shown?.kind === "person" || shown?.kind === "report") {
		return (
			<LoadedDialog part={moderationDialog} onClose={close}>
				{({ ModerationDialog }) => <ModerationDialog chat={chat} room={room} shown={shown} onClose={close} />}
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
