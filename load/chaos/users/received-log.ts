import { JOIN_MESSAGES } from "../../../app/protocol/limits.ts";
import type { Cursor, Entry } from "../../../app/protocol/log.ts";
import type { JoinData } from "../../../app/protocol/room.ts";
import type { ReadPage, UserHistory } from "../check/history.ts";
import { RoomView } from "./room-view.ts";

/** Records everything that a user receives of a room, in the order of arrival, also what is wrong. */
export class ReceivedLog {
	/** What the user's client shows; undefined before the first join. */
	view: RoomView | undefined;
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
			this.append(entries, connection, seq);
			return;
		}
		this.#epoch = epoch;
		this.#seq = seq;
		this.#history.segments.push({ since: seq, received: [] });
		const from = messages.length < JOIN_MESSAGES ? 1 : messages[0]!.seq;
		this.#history.pages.push({ from, to: seq, head: seq, messages });
		this.view = new RoomView(this.#history.user, from, messages);
		this.#history.view = this.view;
	}

	/** Takes entries of a broadcast, or of an answer that names the log's `head`. */
	append(entries: readonly Entry[], connection: number, head?: number): void {
		const at = performance.now();
		for (const entry of entries) {
			this.#history.segments.at(-1)!.received.push({ entry, head: head ?? entry.seq, connection, at });
			// An entry that comes again, or too late, is recorded and not applied.
			if (entry.seq > this.#seq) this.view?.apply(entry);
			this.#seq = Math.max(this.#seq, entry.seq);
		}
	}

	/** Takes a page of messages: all from `from` to `to`, in a log up to `head`. */
	read(page: ReadPage): void {
		this.#history.pages.push(page);
		this.view?.merge(page.messages, this.#seq);
	}
}
