import {
	MessageAroundSchema,
	MessageEditSchema,
	MessageHistorySchema,
	MessageRemoveSchema,
	MessageSendSchema,
} from "../../protocol/schemas/message.ts";
import type { Chat } from "../../room/chat.ts";
import { command, PAGE_READS } from "./command.ts";

const PAGE = { reads: PAGE_READS };

export function messageCommands({
	messages,
	edits,
	removals,
	history,
}: Pick<Chat, "messages" | "edits" | "removals" | "history">) {
	return {
		"message:send": command(MessageSendSchema, (...args) => messages.send(...args)),
		"message:edit": command(MessageEditSchema, (...args) => edits.edit(...args)),
		"message:remove": command(MessageRemoveSchema, (...args) => removals.remove(...args)),
		"message:history": command(MessageHistorySchema, (connection, page) => history.messages(connection, page), PAGE),
		"message:around": command(MessageAroundSchema, (connection, place) => history.around(connection, place), PAGE),
	};
}
