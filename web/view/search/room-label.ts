import { isPrivateName } from "../../../app/protocol/private-room.ts";
import type { ChatModel } from "../../model/chat-model.ts";

/** Returns the name of a room as people know it: "#lobby", or the title of a private room. */
export function roomLabel(chat: ChatModel, name: string): string {
	if (!isPrivateName(name)) return `#${name}`;
	return chat.rooms.joined.value.find((room) => room.name === name)?.title.value ?? "Private room";
}
