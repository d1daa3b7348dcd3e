import { MessageHistorySchema, MessageSendSchema } from "../../protocol/schemas/message.ts";
import type { Chat } from "../../room/chat.ts";
import { command, PAGE_READS } from "./command.ts";

export function messageCommands({ messages, history }: Pick<Chat, "messages" | "history">) {
	return {
		"message:send": command(MessageSendSchema, (connection, message, reply) => {
			// Not by the returned promise: the ack has to precede the broadcast of the entry (rule M4).
			messages.send(connection, message, reply);
			return undefined;
		}),
		"message:history": command(MessageHistorySchema, (connection, page) => history.messages(connection, page), {
			reads: PAGE_READS,
		}),
	};
}
