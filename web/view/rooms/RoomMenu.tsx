import type { Signal } from "@preact/signals";
import type { Room } from "../../model/room.ts";
import { Menu, type MenuItem } from "../controls/Menu.tsx";
import type { PanelName } from "../panel/panel-choice.ts";
import { DateDialog } from "./DateDialog.tsx";
import type { RoomMenuState } from "./RoomMenuButton.tsx";

type Props = { room: Room; shown: Signal<RoomMenuState>; onPanel: (name: PanelName) => void };

/** What else can be done in a room: its pinned messages, and a jump to a day. */
export function RoomMenu({ room, shown, onPanel }: Props) {
	const close = () => {
		shown.value = undefined;
	};
	if (shown.value === "date") return <DateDialog room={room} onClose={close} />;
	const openDate = () => {
		shown.value = "date";
	};
	const items: MenuItem[] = [
		{ icon: "pinned", label: "Pinned messages", onChoose: () => onPanel("pins") },
		{ icon: "clock", label: "Jump to a date", onChoose: openDate },
	];
	return <Menu label="More in this room" class="menu--header" items={items} onClose={close} />;
}
