import type { Entry } from "../protocol/log.ts";
import type { Store } from "../room/ports/store.ts";

type Log = { epoch: string; entries: Entry[] };

/** The logs of some rooms, for tests of the domain alone. What they answer can be held back; `store/` has the real ones. */
export class LogOfRooms implements Pick<Store, "open" | "since" | "heads"> {
	readonly #logs = new Map<string, Log>();
	/** Awaited by every answer, after it was read: it may be old by then. */
	held: Promise<void> = Promise.resolve();
	/** How often each method was called. */
	readonly calls = { open: 0, since: 0, heads: 0 };

	/** Entries that some process commits; they are the answer. */
	commit(room: string, count: number): Entry[] {
		const { entries } = this.#log(room);
		const from = entries.length + 1;
		const added = Array.from({ length: count }, (_, index) => messageAt(from + index));
		entries.push(...added);
		return added;
	}

	/** Forgets a room; its next log is another one. */
	remove(room: string): void {
		this.#logs.delete(room);
	}

	async open(room: string, tail: number) {
		this.calls.open++;
		const { epoch, entries } = this.#log(room);
		return this.#later({ epoch, seq: entries.length, floor: 0, entries: entries.slice(-tail) });
	}

	async since(room: string, after: number, limit: number) {
		this.calls.since++;
		const { epoch, entries } = this.#log(room);
		const page = entries.slice(after, after + limit);
		return this.#later({
			epoch,
			seq: entries.length,
			floor: 0,
			entries: page,
			more: after + page.length < entries.length,
		});
	}

	async heads(rooms: readonly string[]) {
		this.calls.heads++;
		const known = rooms.filter((room) => this.#logs.has(room)).map((room) => [room, this.#log(room)] as const);
		return this.#later(new Map(known.map(([room, { epoch, entries }]) => [room, { epoch, seq: entries.length }])));
	}

	async #later<T>(answer: T): Promise<T> {
		await this.held;
		return answer;
	}

	#log(room: string): Log {
		const log = this.#logs.get(room) ?? { epoch: `epoch ${++this.#epochs}`, entries: [] };
		this.#logs.set(room, log);
		return log;
	}
	#epochs = 0;
}

/** What was said at a place of a log. */
export function messageAt(seq: number): Entry {
	return { kind: "message", seq, author: { id: "u", name: "Ursula" }, body: `${seq}`, createdAt: seq };
}
