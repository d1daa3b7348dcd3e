import type { Chat } from "../../model/chat.ts";
import { Drawer } from "../Drawer.tsx";
import { Icon } from "../Icon.tsx";
import { RoomPicker } from "./RoomPicker.tsx";

export function RoomPickerDialog({ chat, onClose }: { chat: Chat; onClose: () => void }) {
	return (
		<Drawer from="middle" label="Add a room" onClose={onClose}>
			<div class="picker__head">
				<h2 class="picker__title">Add a room</h2>
				<button class="icon-button" type="button" onClick={onClose} aria-label="Close" title="Close">
					<Icon name="close" />
				</button>
			</div>
			<RoomPicker chat={chat} onJoined={onClose} />
		</Drawer>
	);
}
