import { RESUME_ENTRIES } from "../../protocol/limits.ts";
import type { Cursor, Entry } from "../../protocol/log.ts";
import type { Message } from "../../protocol/message.ts";
import type { JoinData } from "../../protocol/room.ts";
import type { OpenedLog } from "../ports/log.ts";
import { erased, withChange } from "./erase.ts";
import { NewestMessages } from "./newest-messages.ts";

/** Entries of an open room that are kept in memory. Most resumes need no more. */
export const TAIL_ENTRIES = 128;

/** The part of a room's log that a join returns: the entries after its cursor, or the newest messages. */
export type LogSlice = Pick<JoinData, "epoch" | "seq" | "gap"> &
	({ messages: Message[]; entries?: undefined } | { entries: Entry[]; messages?: undefined });

/**
 * The newest entries of a room's log and its newest messages, in memory. It advances in the turn of the event loop in which
 * the broadcaster receives the entries, so a slice and the broadcasts after it neither overlap nor leave a gap.
 */
export class Tail {
	readonly epoch: string;
	#seq: number;
	#floor: number;
	#entries: Entry[];
	#newest: NewestMessages;

	constructor({ epoch, seq, floor, entries, messages, more }: OpenedLog) {
		this.epoch = epoch;
		this.#seq = seq;
		this.#floor = floor;
		this.#entries = entries;
		this.#newest = new NewestMessages(messages, more);
	}

	/** The head: the `seq` of the newest entry. */
	get seq(): number {
		return this.#seq;
	}

	/** Appends ascending entries that follow the head, consecutively. */
	append(entries: readonly Entry[]): void {
		for (const entry of entries) {
			this.#entries = withChange(this.#entries, entry);
			this.#entries.push(entry);
			this.#newest.apply(entry);
			this.#seq = entry.seq;
		}
		if (this.#entries.length > TAIL_ENTRIES) this.#entries = this.#entries.slice(-TAIL_ENTRIES);
	}

	/** Whether the tail has another entry with this `seq`. A changed text, and an erased entry, are the same one. */
	contradicts({ seq, createdAt }: Entry): boolean {
		if (seq > this.#seq) return false;
		const known = this.#entries[seq - this.#start() - 1];
		return known !== undefined && known.createdAt !== createdAt;
	}

	/** Removes the entries that retention has removed from the store: those older than `before`. */
	prune(before: number): void {
		const kept = this.#entries.findIndex((entry) => entry.createdAt >= before);
		const pruned = kept === -1 ? this.#entries : this.#entries.slice(0, kept);
		this.#entries = this.#entries.slice(pruned.length);
		this.raiseFloor(pruned.at(-1)?.seq ?? this.#floor);
	}

	/** Raises the floor to that of a later read: retention may have run since the room was opened. */
	raiseFloor(floor: number): void {
		if (floor <= this.#floor) return;
		this.#floor = floor;
		this.#newest.prune(floor);
		this.#entries = this.#entries.map((entry) =>
			"target" in entry && entry.kind !== "removal" && entry.target <= floor ? erased(entry) : entry,
		);
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

	/** Returns what a join without a cursor needs, or undefined where {@link refill} is needed first. */
	sliceNewest(gap: boolean): LogSlice | undefined {
		const messages = this.#newest.take();
		return messages && { epoch: this.epoch, seq: this.#seq, gap, messages };
	}

	/**
	 * Returns the entries after a cursor that is not a gap. `read` are entries after it that were read from the store.
	 * Undefined where the tail does not reach back to them.
	 */
	sliceAfter(after: Cursor, read: readonly Entry[] = []): LogSlice | undefined {
		const older = read.filter((entry) => entry.seq > after.seq && entry.seq <= this.#seq);
		const reached = older.at(-1)?.seq ?? after.seq;
		if (reached < this.#start()) return undefined;
		const newer = this.#entries.filter((entry) => entry.seq > reached);
		// They were appended after the read, which therefore has texts that they erase.
		const entries = [...newer.reduce(withChange, older), ...newer];
		return { epoch: this.epoch, seq: this.#seq, gap: false, entries };
	}

	/**
	 * Takes the newest messages from the store, read when the head was `seq`. Returns false where entries after that are no
	 * longer in the tail, so that the messages are too old.
	 */
	refill(seq: number, messages: readonly Message[], more: boolean): boolean {
		if (seq < this.#start()) return false;
		this.#newest = new NewestMessages(messages, more);
		for (const entry of this.#entries) if (entry.seq > seq) this.#newest.apply(entry);
		return true;
	}

	/** Whether the user wrote one of the newest messages. */
	hasAuthor(userId: string): boolean {
		return this.#newest.hasAuthor(userId);
	}

	/** Returns the newest reaction in the tail by this user, with this emoji, to this message. */
	reactionBy(user: string, target: number, emoji: string): (Entry & { kind: "reaction" }) | undefined {
		return this.#entries.findLast(
			(entry) =>
				entry.kind === "reaction" && entry.user.id === user && entry.target === target && entry.emoji === emoji,
		) as (Entry & { kind: "reaction" }) | undefined;
	}

	/** Returns the `seq` before the first entry in memory. */
	#start(): number {
		return this.#seq - this.#entries.length;
	}
}
