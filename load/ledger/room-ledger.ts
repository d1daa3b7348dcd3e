import type { Entry } from "../../app/protocol/log.ts";
import { messageId, readMarker } from "./marker.ts";
import { Reader } from "./reader.ts";
import { SeqTable } from "./seq-table.ts";

/** Number of a room's newest messages that are kept whole, to compare each member's copy with the first one. */
const RECENT = 256;

type Copy = { seq: number; author: string; body: string; intendedUs: number };

/** What one generator thread recorded of a room: the acks of its senders, and every copy that its members received. */
export class RoomLedger {
	readonly room: string;
	readonly run: string;
	readonly seen = new SeqTable();
	readonly acked = new SeqTable();
	readonly readers: Reader[] = [];
	/** Copies that differ from the first one received, and acks that name the seq of another message. */
	altered = 0;
	/** The head that other threads know. */
	headElsewhere = 0;
	readonly #recent: (Copy | undefined)[] = new Array(RECENT);

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

	acknowledge(seq: number, id: number): void {
		this.#enter(this.acked, seq, id);
	}

	/** Records that `reader` received `entry`. Returns its intended send time; undefined if it has none or is a repeat. */
	deliver(reader: Reader, entry: Entry): number | undefined {
		if (reader.take(entry.seq) === "again") return undefined;
		if (entry.kind !== "message" || entry.body === undefined) return undefined;
		const slot = entry.seq % RECENT;
		const first = this.#recent[slot];
		if (first?.seq === entry.seq) {
			if (first.body !== entry.body || first.author !== entry.author.id) this.altered++;
			return first.intendedUs;
		}
		return this.#recordFirst(slot, entry.seq, entry.author.id, entry.body);
	}

	/** Whether every connected member has received everything up to the head. */
	get caughtUp(): boolean {
		const { head } = this;
		return this.readers.every((reader) => !reader.present || (reader.next > head && reader.missing.size === 0));
	}

	#recordFirst(slot: number, seq: number, author: string, body: string): number | undefined {
		const marker = readMarker(body);
		if (marker?.run !== this.run) return undefined;
		this.#enter(this.seen, seq, messageId(marker));
		if ((this.#recent[slot]?.seq ?? 0) < seq) this.#recent[slot] = { seq, author, body, intendedUs: marker.intendedUs };
		return marker.intendedUs;
	}

	#enter(table: SeqTable, seq: number, id: number): void {
		const before = table.get(seq);
		if ((before !== 0 && before !== id) || !table.set(seq, id)) this.altered++;
	}
}
