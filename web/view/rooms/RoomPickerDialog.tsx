import type { ChatModel } from "../../model/chat-model.ts";
import { CloseButton } from "../controls/CloseButton.tsx";
import { Drawer } from "../controls/Drawer.tsx";
import { RoomPicker } from "./RoomPicker.tsx";

export function RoomPickerDialog({ chat, onClose }: { chat: ChatModel; onClose: () => void }) {
	return (
		<Drawer from="middle" label="Add a room" onClose={onClose}>
			<div class="dialog__head">
				<h2 class="dialog__title">Add a room</h2>
				<CloseButton onClick={onClose} />
			</div>
			<RoomPicker chat={chat} onJoined={onClose} />
		</Drawer>
	);
}
