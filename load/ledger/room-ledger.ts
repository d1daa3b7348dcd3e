import type { Entry } from "../../app/protocol/log.ts";
import { compareCopies } from "./compare-copies.ts";
import { type EntryKind, entryKind } from "./entry-kinds.ts";
import { emptyFileBooks } from "./file-books.ts";
import { identify } from "./identify.ts";
import { Reader } from "./reader.ts";
import { SeqTable } from "./seq-table.ts";

/** Number of a room's newest entries that are kept whole, to compare each member's copy with the first one. */
const RECENT = 256;

type Copy = { entry: Entry; kind: EntryKind; intendedUs: number | undefined };

/** What one generator thread recorded of a room: the acks of its senders, and every copy that its members received. */
export class RoomLedger {
	readonly room: string;
	readonly run: string;
	readonly seen = new SeqTable();
	readonly acked = new SeqTable();
	readonly readers: Reader[] = [];
	/** Copies that differ from the first one received, and acks that name the seq of another entry. */
	altered = 0;
	/** Messages that were edited or removed. */
	readonly changed = new Set<number>();
	/** Messages of which copies differ as after an edit or a removal; one for each copy. */
	readonly differing: number[] = [];
	/** Messages whose change was refused because there is no such message. They must have been removed. */
	readonly notFound: number[] = [];
	readonly files = emptyFileBooks();
	/** The head that other threads know. */
	headElsewhere = 0;
	/** Receives each entry of the run when its first copy arrives. */
	onFirst: ((entry: Entry) => void) | undefined;
	readonly #recent: (Copy | undefined)[] = new Array(RECENT);
	/** When the entries that carry no send time were to be sent, by their ids. */
	readonly #intendedUs = new Map<number, number>();

	constructor(room: string, run: string) {
		this.room = room;
		this.run = run;
	}

	get head(): number {
		return Math.max(this.seen.head, this.acked.head, this.headElsewhere);
	}

	join(user: number, head: number): Reader {
		const reader = new Reader(user, head);
		this.readers.push(reader);
		return reader;
	}

	/** To be called before an entry is sent that has no text to carry its send time. */
	expect(id: number, intendedUs: number): void {
		this.#intendedUs.set(id, intendedUs);
	}

	acknowledge(seq: number, id: number): void {
		this.#enter(this.acked, seq, id);
	}

	/** Records that `reader` received `entry`. Returns its intended send time; undefined if it has none or is a repeat. */
	deliver(reader: Reader, entry: Entry): number | undefined {
		if (reader.take(entry.seq) === "again") return undefined;
		const slot = entry.seq % RECENT;
		const first = this.#recent[slot];
		if (first?.entry.seq !== entry.seq) return this.#recordFirst(reader, slot, entry);
		reader.received[first.kind]++;
		if (first.entry !== entry) this.#compare(first.entry, entry);
		return first.intendedUs;
	}

	/** Whether every connected member has received everything up to the head. */
	get caughtUp(): boolean {
		const { head } = this;
		return this.readers.every((reader) => !reader.present || (reader.next > head && reader.missing.size === 0));
	}

	#compare(first: Entry, copy: Entry): void {
		const difference = compareCopies(first, copy);
		if (difference === "altered") this.altered++;
		else if (difference !== "none") this.differing.push(difference.unlessChanged);
	}

	#recordFirst(reader: Reader, slot: number, entry: Entry): number | undefined {
		const identity = identify(entry, this.run);
		const kind = identity?.kind ?? entryKind(entry);
		if (kind !== undefined) reader.received[kind]++;
		if (identity === undefined) return undefined;
		const { id, intendedUs = this.#intendedUs.get(id) } = identity;
		this.#intendedUs.delete(id);
		this.#enter(this.seen, entry.seq, id);
		// A reply whose reference is gone.
		if (identity.kind !== entryKind(entry)) this.altered++;
		if (entry.kind === "edit" || entry.kind === "removal") this.changed.add(entry.target);
		if ((this.#recent[slot]?.entry.seq ?? 0) < entry.seq) {
			this.#recent[slot] = { entry, kind: identity.kind, intendedUs };
			this.onFirst?.(entry);
		}
		return intendedUs;
	}

	#enter(table: SeqTable, seq: number, id: number): void {
		const before = table.get(seq);
		if ((before !== 0 && before !== id) || !table.set(seq, id)) this.altered++;
	}
}
