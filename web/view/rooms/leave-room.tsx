import type { ChatModel } from "../../model/chat-model.ts";
import type { Room } from "../../model/room.ts";
import { offerUndo } from "../undo/undo.ts";

/** Leaves a room, which can be undone for a few seconds. */
export function leaveRoom({ rooms, request }: ChatModel, room: Room): void {
	const { name } = room;
	rooms.setAside(name);
	offerUndo({
		sentence: (
			<>
				You left <bdi>{room.title}</bdi>.
			</>
		),
		undo: () => rooms.takeBack(name),
		async finish() {
			// The user may have joined it again since.
			if (rooms.joined.peek().some((other) => other.name === name)) return;
			// Who leaves a private room is no longer a member of it.
			if (room.info.peek()) void request("member:remove", { room: name, user: room.me.id });
			rooms.leave(name);
		},
	});
}
