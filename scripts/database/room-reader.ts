import type { Message } from "../../app/protocol/message.ts";
import { openReader } from "../../app/store/sqlite/connection.ts";
import { readerCalls } from "../../app/store/sqlite/read.ts";

const PAGE_MESSAGES = 1_000;

/** The messages of one room, oldest first, a page at a time. Throws a sentence where the room is not there. */
export function openRoom(database: string, room: string) {
	const calls = readerCalls(openReader(database));
	let count = 0;
	if (calls.open(room, 0) === undefined) {
		calls.close();
		throw new Error(`There is no room "${room}" in ${database}.`);
	}
	return {
		*messages(): Generator<Message> {
			let after = 0;
			for (let more = true; more; ) {
				const page = calls.history(room, { after, limit: PAGE_MESSAGES });
				yield* page.messages;
				count += page.messages.length;
				after = page.messages.at(-1)?.seq ?? after;
				more = page.more;
			}
		},
		/** How many were read. */
		count: () => count,
		close: () => calls.close(),
	};
}
