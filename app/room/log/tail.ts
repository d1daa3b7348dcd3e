import { JOIN_MESSAGES, RESUME_ENTRIES } from "../../protocol/limits.ts";
import type { Cursor, Entry } from "../../protocol/log.ts";
import type { Message } from "../../protocol/message.ts";
import type { JoinData } from "../../protocol/room.ts";
import type { LogState } from "../ports/log.ts";

/** So many of a room's newest entries are kept in memory while somebody is in it: most joins and resumes need no more. */
export const TAIL_ENTRIES = 128;

export type LogAnswer = Pick<JoinData, "epoch" | "seq" | "gap"> &
	({ messages: Message[]; entries?: undefined } | { entries: Entry[]; messages?: undefined });

/** What the store was asked for when the tail's head was `seq`: the newest messages, or the entries after a cursor. */
export type Older = { seq: number; messages?: Message[]; entries?: Entry[] };

/**
 * The end of a room's log as it has been announced to its members. It moves on in the same turn in which entries
 * are broadcast, so what is answered from it and what is broadcast after the answer never overlap and leave no hole.
 */
export class Tail {
	readonly epoch: string;
	#seq: number;
	#floor: number;
	#entries: Entry[];
	#newest: Message[] | undefined;

	constructor(log: LogState & { entries: Entry[] }) {
		this.epoch = log.epoch;
		this.#seq = log.seq;
		this.#floor = log.floor;
		this.#entries = log.entries;
	}

	/** The `seq` of the newest announced entry. */
	get seq(): number {
		return this.#seq;
	}

	/**
	 * Takes entries that are being announced: ascending and consecutive, and right after {@link seq} unless somebody else
	 * wrote to the log in between. Then the members see a hole and ask for it (rule M5); what is in memory begins anew.
	 */
	announce(entries: readonly Entry[]): void {
		if (entries[0] && entries[0].seq !== this.#seq + 1) this.#entries = [];
		for (const entry of entries) {
			if (entry.kind === "removal") this.#erase(entry.target);
			this.#entries.push(entry);
			this.#seq = entry.seq;
		}
		if (this.#entries.length > TAIL_ENTRIES) this.#entries = this.#entries.slice(-TAIL_ENTRIES);
		this.#newest = undefined;
	}

	/** Forgets what retention has taken from the store. */
	prune(before: number): void {
		const kept = this.#entries.findIndex((entry) => entry.createdAt >= before);
		const gone = kept === -1 ? this.#entries : this.#entries.slice(0, kept);
		this.#floor = gone.at(-1)?.seq ?? this.#floor;
		this.#entries = this.#entries.slice(gone.length);
		this.#newest = undefined;
	}

	/** Takes over what a read has shown: retention has gone on since the room was opened. */
	raiseFloor(floor: number): void {
		this.#floor = Math.max(this.#floor, floor);
	}

	/** Whether a client with this cursor has to start over: another log, one that is ahead of us, or too long ago. */
	isGap(after: Cursor): boolean {
		return (
			after.epoch !== this.epoch ||
			after.seq > this.#seq ||
			after.seq < this.#floor ||
			this.#seq - after.seq > RESUME_ENTRIES
		);
	}

	/**
	 * What a join is answered with. `older`, from the store, is needed where the tail does not reach back far enough:
	 * the answer is then `undefined` without it.
	 */
	answer(after: Cursor | undefined, older?: Older): LogAnswer | undefined {
		const gap = after !== undefined && this.isGap(after);
		const head = { epoch: this.epoch, seq: this.#seq, gap };
		if (after === undefined || gap) {
			const messages = this.#newestMessages(older);
			return messages && { ...head, messages };
		}
		const entries = this.#since(after.seq, older?.entries);
		return entries && { ...head, entries };
	}

	#since(after: number, older: Entry[] = []): Entry[] | undefined {
		const known = older.filter((entry) => entry.seq > after && entry.seq <= this.#seq);
		const reached = known.at(-1)?.seq ?? after;
		if (reached < this.#start()) return undefined;
		return [...known, ...this.#entries.filter((entry) => entry.seq > reached)];
	}

	#newestMessages(older?: Older): Message[] | undefined {
		if (this.#newest) return this.#newest;
		const messages = this.#entries.flatMap((entry) => (entry.kind === "message" ? [asMessage(entry)] : []));
		if (messages.length < JOIN_MESSAGES && this.#start() > this.#floor) {
			if (older?.messages === undefined || older.seq < this.#start()) return undefined;
			// Read before the newest removals were announced, which are all in memory: what they took back is gone (rule M6).
			const removed = new Set(this.#entries.map((entry) => (entry.kind === "removal" ? entry.target : 0)));
			messages.unshift(...older.messages.filter(({ seq }) => seq <= this.#start() && !removed.has(seq)));
		}
		this.#newest = messages.slice(-JOIN_MESSAGES);
		return this.#newest;
	}

	/** The `seq` before the first entry in memory. */
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
