import { JOIN_MESSAGES, RESUME_ENTRIES } from "../../protocol/limits.ts";
import type { Cursor, Entry } from "../../protocol/log.ts";
import type { Message } from "../../protocol/message.ts";
import type { JoinData } from "../../protocol/room.ts";
import type { LogState } from "../ports/log.ts";

/** Entries of an open room that are kept in memory. Most joins and resumes need no more. */
export const TAIL_ENTRIES = 128;

/** The part of a room's log that a join returns: the entries after its cursor, or the newest messages. */
export type LogSlice = Pick<JoinData, "epoch" | "seq" | "gap"> &
	({ messages: Message[]; entries?: undefined } | { entries: Entry[]; messages?: undefined });

/** What was read from the store when the tail's head was `seq`: the newest messages, or the entries after a cursor. */
export type StoreRead = { seq: number; messages?: Message[]; entries?: Entry[] };

/**
 * The newest entries of a room's log, in memory. It advances in the turn of the event loop in which the broadcaster receives
 * the entries, so a slice and the broadcasts after it neither overlap nor leave a gap.
 */
export class Tail {
	readonly epoch: string;
	#seq: number;
	#floor: number;
	#entries: Entry[];
	/** The newest messages, until the next change. */
	#newest: Message[] | undefined;

	constructor(log: LogState & { entries: Entry[] }) {
		this.epoch = log.epoch;
		this.#seq = log.seq;
		this.#floor = log.floor;
		this.#entries = log.entries;
	}

	/** The head: the `seq` of the newest entry. */
	get seq(): number {
		return this.#seq;
	}

	/** Appends ascending, consecutive entries. After a gap, which clients fill by themselves (rule M5), the tail starts over. */
	append(entries: readonly Entry[]): void {
		if (entries[0] && entries[0].seq !== this.#seq + 1) this.#entries = [];
		for (const entry of entries) {
			if (entry.kind === "removal") this.#erase(entry.target);
			this.#entries.push(entry);
			this.#seq = entry.seq;
		}
		if (this.#entries.length > TAIL_ENTRIES) this.#entries = this.#entries.slice(-TAIL_ENTRIES);
		this.#newest = undefined;
	}

	/** Removes the entries that retention has removed from the store: those older than `before`. */
	prune(before: number): void {
		const kept = this.#entries.findIndex((entry) => entry.createdAt >= before);
		const pruned = kept === -1 ? this.#entries : this.#entries.slice(0, kept);
		this.#floor = pruned.at(-1)?.seq ?? this.#floor;
		this.#entries = this.#entries.slice(pruned.length);
		this.#newest = undefined;
	}

	/** Raises the floor to that of a later read: retention may have run since the room was opened. */
	raiseFloor(floor: number): void {
		this.#floor = Math.max(this.#floor, floor);
	}

	/** Whether a client with this cursor must start over: it has another log, is ahead, or missed too much. */
	isGap(after: Cursor): boolean {
		return (
			after.epoch !== this.epoch ||
			after.seq > this.#seq ||
			after.seq < this.#floor ||
			this.#seq - after.seq > RESUME_ENTRIES
		);
	}

	/**
	 * Returns the part of the log that a join with this cursor needs. Undefined where the tail does not reach back far enough
	 * and `read`, from the store, is absent or too old.
	 */
	slice(after: Cursor | undefined, read?: StoreRead): LogSlice | undefined {
		const gap = after !== undefined && this.isGap(after);
		const head = { epoch: this.epoch, seq: this.#seq, gap };
		if (after === undefined || gap) {
			const messages = this.#newestMessages(read);
			return messages && { ...head, messages };
		}
		const entries = this.#since(after.seq, read?.entries);
		return entries && { ...head, entries };
	}

	#since(after: number, read: Entry[] = []): Entry[] | undefined {
		const older = read.filter((entry) => entry.seq > after && entry.seq <= this.#seq);
		const reached = older.at(-1)?.seq ?? after;
		if (reached < this.#start()) return undefined;
		return [...older, ...this.#entries.filter((entry) => entry.seq > reached)];
	}

	#newestMessages(read?: StoreRead): Message[] | undefined {
		if (this.#newest) return this.#newest;
		const messages = this.#entries.flatMap((entry) => (entry.kind === "message" ? [asMessage(entry)] : []));
		if (messages.length < JOIN_MESSAGES && this.#start() > this.#floor) {
			if (read?.messages === undefined || read.seq < this.#start()) return undefined;
			// Removals that came after the read are all in the tail. Their targets are left out (rule M6).
			const removed = new Set(this.#entries.map((entry) => (entry.kind === "removal" ? entry.target : 0)));
			messages.unshift(...read.messages.filter(({ seq }) => seq <= this.#start() && !removed.has(seq)));
		}
		this.#newest = messages.slice(-JOIN_MESSAGES);
		return this.#newest;
	}

	/** Returns the `seq` before the first entry in memory. */
	#start(): number {
		return this.#seq - this.#entries.length;
	}

	#erase(target: number): void {
		const index = target - this.#start() - 1;
		const entry = this.#entries[index];
		if (entry) this.#entries[index] = { kind: "erased", seq: entry.seq, createdAt: entry.createdAt };
	}
}

function asMessage({ kind: _, ...message }: Entry & { kind: "message" }): Message {
	return message;
}
