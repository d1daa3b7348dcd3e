import type { Cursor, Entry } from "../../../app/protocol/log.ts";
import type { Message } from "../../../app/protocol/message.ts";
import type { JoinData } from "../../../app/protocol/room.ts";
import type { ReceivedEntry, UserHistory } from "../check/history.ts";

/** Records everything that a user receives of a room, in the order of arrival, also what is wrong. */
export class ReceivedLog {
	readonly #history: UserHistory;
	#epoch: string | undefined;
	#seq = 0;

	constructor(history: UserHistory) {
		this.#history = history;
	}

	/** The position of the last entry; undefined before the first join. */
	get cursor(): Cursor | undefined {
		return this.#epoch === undefined ? undefined : { epoch: this.#epoch, seq: this.#seq };
	}

	get seq(): number {
		return this.#seq;
	}

	/** Takes the answer to a join: the missed entries, or a fresh start. */
	join({ epoch, seq, gap, entries, messages = [] }: JoinData, connection: number): void {
		if (this.#epoch !== undefined && !gap && entries !== undefined) {
			this.append(entries, connection);
			return;
		}
		this.#epoch = epoch;
		this.#seq = (messages[0]?.seq ?? seq + 1) - 1;
		this.#history.segments.push({ since: this.#seq, received: [] });
		this.#record(messages.map((message) => received(message, connection)));
		this.#seq = seq;
	}

	append(entries: readonly Entry[], connection: number): void {
		this.#record(entries.map((entry) => received(entry, connection)));
	}

	#record(entries: readonly ReceivedEntry[]): void {
		this.#history.segments.at(-1)!.received.push(...entries);
		this.#seq = Math.max(this.#seq, entries.at(-1)?.seq ?? 0);
	}
}

function received(entry: Entry | Message, connection: number): ReceivedEntry {
	const message =
		"author" in entry ? { author: entry.author.id, body: entry.body } : { author: undefined, body: undefined };
	return { seq: entry.seq, ...message, connection, at: performance.now() };
}
