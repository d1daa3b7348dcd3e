import type { ChatModel } from "../../model/chat-model.ts";
import { MessageSearch } from "../../model/message-search.ts";

let kept: { userId: string | undefined; chat: ChatModel; search: MessageSearch } | undefined;

/** Returns the search of the panel, which stays while the user jumps from hit to hit. Another user gets another one. */
export function searchOf(chat: ChatModel): MessageSearch {
	const userId = chat.session.user.peek()?.id;
	if (kept?.userId !== userId || kept?.chat !== chat) kept = { userId, chat, search: newSearch(chat) };
	return kept.search;
}

export function newSearch(chat: ChatModel): MessageSearch {
	return new MessageSearch({
		request: (payload) => chat.request("search:query", payload),
		isOnline: () => chat.connection.status.peek() === "online",
	});
}
