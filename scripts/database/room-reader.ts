import type { Message } from "../../app/protocol/message.ts";
import { openReader } from "../../app/store/sqlite/connection.ts";
import { readerCalls } from "../../app/store/sqlite/reader.ts";

const PAGE_MESSAGES = 1_000;

/** Opens a room for reading: its messages, oldest first, read in pages. Throws if the room does not exist. */
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
		/** The number of messages read so far. */
		count: () => count,
		close: () => calls.close(),
	};
}

/** Yields each message as one line of JSON, in the format of the history. */
export function* asJsonLines(_room: string, messages: Iterable<Message>): Generator<string> {
	for (const message of messages) yield `${JSON.stringify(message)}\n`;
}
