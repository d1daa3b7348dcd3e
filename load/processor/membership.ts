import type { Cursor, Entry } from "../../app/protocol/log.ts";
import type { JoinData } from "../../app/protocol/room.ts";
import type { Reader } from "../ledger/reader.ts";
import type { RoomLedger } from "../ledger/room-ledger.ts";
import type { ComputedRoom } from "../state/computed-room.ts";

/** One user in one room: from the join, over lost connections, to the leave. */
export class Membership {
	readonly room: string;
	readonly #ledger: RoomLedger;
	readonly #user: number;
	#reader: Reader | undefined;
	#epoch = "";
	/** Entries that arrived before the join's acknowledgement. */
	#early: Entry[] = [];
	/** What the user computes of the room; undefined for a user whose state is not checked. */
	readonly state: ComputedRoom | undefined;

	constructor(ledger: RoomLedger, user: number, state?: ComputedRoom) {
		this.room = ledger.room;
		this.#ledger = ledger;
		this.#user = user;
		this.state = state;
	}

	get isPresent(): boolean {
		return this.#reader?.present ?? false;
	}

	/** Where to resume after a lost connection; undefined for a first join. */
	get cursor(): Cursor | undefined {
		return this.#reader && { epoch: this.#epoch, seq: this.#reader.next - 1 };
	}

	joined({ epoch, seq, gap, messages, entries = [] }: JoinData): void {
		this.#epoch = epoch;
		if (messages) this.state?.start(messages, seq);
		if (this.#reader === undefined) this.#reader = this.#ledger.join(this.#user, seq);
		else if (gap) this.#reader.startOver(seq);
		for (const entry of entries) this.#record(this.#reader, entry);
		this.#reader.present = true;
		const early = this.#early;
		this.#early = [];
		for (const entry of early) if (entry.seq > seq) this.#record(this.#reader, entry);
	}

	/** Records an entry; returns its intended send time in microseconds if it counts for the fan-out latency. */
	deliver(entry: Entry): number | undefined {
		if (this.#reader?.present) return this.#record(this.#reader, entry);
		this.#early.push(entry);
		return undefined;
	}

	/** The user left or lost the connection. Entries are owed again after a resume, including the missed ones. */
	absent(): void {
		if (this.#reader) this.#reader.present = false;
		this.#early = [];
	}
	#record(reader: Reader, entry: Entry): number | undefined {
		this.state?.apply(entry);
		return this.#ledger.deliver(reader, entry);
	}
}
