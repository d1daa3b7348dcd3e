import type { Refusal } from "../../../app/protocol/refusal.ts";
import type { SearchHit } from "../../../app/protocol/search.ts";
import type { ChatModel } from "../../model/chat-model.ts";
import type { Room } from "../../model/room.ts";

/** Opens the room of a hit, and its message in the room. */
export async function jumpToHit(chat: ChatModel, { room: name, message }: SearchHit): Promise<Refusal | undefined> {
	const refusal = await chat.rooms.join(name);
	if (refusal) return refusal;
	const room = chat.rooms.current.peek();
	if (room?.name !== name) return undefined;
	await whenJoined(room);
	return room.jumpTo(message.seq);
}

/** Resolves when the room is live, or has been refused. */
function whenJoined(room: Room): Promise<void> {
	return new Promise((resolve) => {
		let stop: (() => void) | undefined;
		const check = () => {
			if (room.state.peek().phase === "joining") return;
			queueMicrotask(() => stop?.());
			resolve();
		};
		stop = room.state.subscribe(check);
	});
}
