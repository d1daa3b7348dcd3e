import { SearchQuerySchema } from "../../protocol/schemas/search.ts";
import type { Chat } from "../../room/chat.ts";
import { command, PAGE_READS } from "./command.ts";

export function searchCommands({ search }: Pick<Chat, "search">) {
	return {
		"search:query": command(SearchQuerySchema, (connection, payload) => search.query(connection, payload), {
			reads: PAGE_READS,
		}),
	};
}
