import { RoomReadSchema } from "../../protocol/schemas/read.ts";
import type { Chat } from "../../room/chat.ts";
import { command } from "./command.ts";

export function readMarkCommands({ readMarks }: Pick<Chat, "readMarks">) {
	return { "room:read": command(RoomReadSchema, (connection, move) => readMarks.move(connection, move)) };
}
