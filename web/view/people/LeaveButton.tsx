import type { ChatModel } from "../../model/chat-model.ts";
import type { Room } from "../../model/room.ts";
import { Drawing } from "../controls/Icon.tsx";
import { leaveRoom } from "../rooms/leave-room.tsx";

/** A path on a 24 × 24 grid, as `Icon` has them. */
export const LEAVE = "M10 4.5H6A1.5 1.5 0 0 0 4.5 6v12A1.5 1.5 0 0 0 6 19.5h4M15 8l4 4-4 4M19 12H9.5";

export function LeaveButton({ chat, room }: { chat: ChatModel; room: Room }) {
	return (
		<button class="button button--plain button--danger" type="button" onClick={() => leaveRoom(chat, room)}>
			<Drawing path={LEAVE} />
			Leave this room
		</button>
	);
}
