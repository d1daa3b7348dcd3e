import type { ClientToServerEvents } from "../../protocol/events.ts";
import type { Chat } from "../../room/chat.ts";
import type { Command } from "./command.ts";
import { logCommands } from "./log.ts";
import { messageCommands } from "./messages.ts";
import { pinCommands } from "./pins.ts";
import { privateRoomCommands } from "./private-rooms.ts";
import { reactionCommands } from "./reactions.ts";
import { readMarkCommands } from "./read-marks.ts";
import { reportCommands } from "./reports.ts";
import { roomCommands } from "./rooms.ts";
import { searchCommands } from "./search.ts";
import { typingCommands } from "./typing.ts";

/** Returns the command of every event of a client, by the event's name. */
export function commandsOf(chat: Chat): ReadonlyMap<string, Command> {
	const commands: Record<keyof ClientToServerEvents, Command> = {
		...roomCommands(chat),
		...readMarkCommands(chat),
		...privateRoomCommands(chat),
		...messageCommands(chat),
		...reactionCommands(chat),
		...pinCommands(chat),
		...reportCommands(chat),
		...logCommands(chat),
		...searchCommands(chat),
		...typingCommands(chat),
	};
	return new Map(Object.entries(commands));
}
