import { InRoomSchema } from "../../protocol/schemas/room.ts";
import type { Chat } from "../../room/chat.ts";
import { command } from "./command.ts";

export function typingCommands(chat: Pick<Chat, "typing">) {
	return {
		"typing:start": command(InRoomSchema, (connection, { room }) => chat.typing(connection, room, true), {
			isVolatile: true,
		}),
		"typing:stop": command(InRoomSchema, (connection, { room }) => chat.typing(connection, room, false), {
			isVolatile: true,
		}),
	};
}
