import { useMemo } from "preact/hooks";
import type { ChatModel } from "../../model/chat-model.ts";
import { updateRoom } from "../../model/private-rooms.ts";
import type { Room } from "../../model/room.ts";
import { CloseButton } from "../controls/CloseButton.tsx";
import { Drawer } from "../controls/Drawer.tsx";
import { PrivateRoomForm } from "./PrivateRoomForm.tsx";

/** The settings of a private room, for its owners. */
export function RoomSettingsDialog({ chat, room, onClose }: { chat: ChatModel; room: Room; onClose: () => void }) {
	const known = useMemo(() => {
		const { title = "", topic = "", history = true } = room.info.peek() ?? {};
		return { title, topic, history };
	}, [room]);
	return (
		<Drawer from="middle" label="Room settings" onClose={onClose}>
			<div class="dialog__head">
				<h2 class="dialog__title">Room settings</h2>
				<CloseButton onClick={onClose} />
			</div>
			<div class="settings">
				<PrivateRoomForm
					fields={known}
					hasTopic
					submit="Save"
					submitting="Saving…"
					onCancel={onClose}
					onSubmit={async ({ title, topic, history }) => {
						const refusal = await updateRoom(chat, room.name, {
							...(title !== known.title && { title }),
							...(topic !== known.topic && { topic }),
							...(history !== known.history && { history }),
						});
						if (!refusal) onClose();
						return refusal;
					}}
				/>
			</div>
		</Drawer>
	);
}
