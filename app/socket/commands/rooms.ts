import { InRoomSchema, RoomJoinSchema } from "../../protocol/schemas/room.ts";
import type { Chat } from "../../room/chat.ts";
import { command } from "./command.ts";

export function roomCommands({ members }: Pick<Chat, "members">) {
	return {
		"room:join": command(RoomJoinSchema, (connection, { room, after }) => members.join(connection, room, after), {
			reads: 1,
		}),
		"room:leave": command(InRoomSchema, (connection, { room }) => members.leave(connection, room)),
	};
}
