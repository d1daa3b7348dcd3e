import type { Signal } from "@preact/signals";
import type { ChatModel } from "../../model/chat-model.ts";
import { isModerator, setRoomClosed } from "../../model/moderation.ts";
import type { Room } from "../../model/room.ts";
import { Drawing } from "../controls/Icon.tsx";
import { Menu, type MenuItem } from "../controls/Menu.tsx";
import { roomsBeside } from "../media.ts";
import type { PanelName } from "../panel/panel-choice.ts";
import { copyToClipboard } from "../undo/clipboard.ts";
import { showToast } from "../undo/undo.ts";
import { DateDialog } from "./DateDialog.tsx";
import type { RoomMenuState } from "./RoomMenuButton.tsx";
import { pathOfRoom } from "./room-address.ts";

/** A path on a 24 × 24 grid, as `Icon` has them. */
const PINNED = "M9 4h6M10 4v6l-3 4h10l-3-4V4M12 14v6";

type Props = { chat: ChatModel; room: Room; shown: Signal<RoomMenuState>; onPanel: (name: PanelName) => void };

/** What else can be done in a room: its pinned messages, a jump to a day, its link, and for moderators its closing. */
export function RoomMenu({ chat, room, shown, onPanel }: Props) {
	const close = () => {
		shown.value = undefined;
	};
	if (shown.value === "date") return <DateDialog room={room} onClose={close} />;
	const openDate = () => {
		shown.value = "date";
	};
	const copyRoomLink = () => copyToClipboard(location.origin + pathOfRoom(room.name), "Link copied.");
	const closed = room.readOnly.peek();
	const toggleClosed = async () => {
		const ack = await setRoomClosed(chat.api, room.name, !closed);
		showToast(ack.ok ? (closed ? "The room is open again." : "Nobody can write here now.") : ack.error.message);
	};
	const items: MenuItem[] = [
		// Elsewhere the header has a button for it.
		...(roomsBeside.peek()
			? []
			: [{ icon: "search" as const, label: "Search messages", onChoose: () => onPanel("search") }]),
		{ icon: <Drawing path={PINNED} />, label: "Pinned messages", onChoose: () => onPanel("pins") },
		{ icon: "clock", label: "Jump to a date", onChoose: openDate },
		{ icon: "link", label: "Copy room link", onChoose: copyRoomLink },
		...(isModerator(chat.session.user.peek()) && room.info.peek() === undefined
			? [{ icon: "private" as const, label: closed ? "Reopen the room" : "Close the room", onChoose: toggleClosed }]
			: []),
	];
	return <Menu label="More in this room" class="menu--header" items={items} onClose={close} />;
}
