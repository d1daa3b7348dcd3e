import type { ChatModel } from "../../model/chat-model.ts";
import { offerUndo } from "../undo/undo.ts";

/** Leaves a room, which can be undone for a few seconds. */
export function leaveRoom({ rooms }: Pick<ChatModel, "rooms">, name: string): void {
	rooms.setAside(name);
	offerUndo({
		sentence: (
			<>
				You left <bdi>{name}</bdi>.
			</>
		),
		undo: () => rooms.takeBack(name),
		// The user may have joined it again since.
		finish: () => rooms.joined.peek().every((room) => room.name !== name) && rooms.leave(name),
	});
}
