import { LogSinceSchema } from "../../protocol/schemas/room.ts";
import type { Chat } from "../../room/chat.ts";
import { command, PAGE_READS } from "./command.ts";

export function logCommands({ history }: Pick<Chat, "history">) {
	return {
		"log:since": command(LogSinceSchema, (connection, { room, after }) => history.since(connection, room, after), {
			reads: PAGE_READS,
		}),
	};
}
