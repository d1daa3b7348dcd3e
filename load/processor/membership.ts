import type { Cursor, Entry } from "../../app/protocol/log.ts";
import type { JoinData } from "../../app/protocol/room.ts";
import type { Reader } from "../ledger/reader.ts";
import type { RoomLedger } from "../ledger/room-ledger.ts";

/** One user in one room: from asking to join, over dropped lines, to leaving. */
export class Membership {
	readonly room: string;
	readonly #ledger: RoomLedger;
	readonly #user: number;
	#reader: Reader | undefined;
	#epoch = "";
	/** What came while the join's answer was still under way. */
	#early: Entry[] = [];

	constructor(ledger: RoomLedger, user: number) {
		this.room = ledger.room;
		this.#ledger = ledger;
		this.#user = user;
	}

	get isPresent(): boolean {
		return this.#reader?.present ?? false;
	}

	/** Where to go on after a dropped line; undefined for a first join. */
	get cursor(): Cursor | undefined {
		return this.#reader && { epoch: this.#epoch, seq: this.#reader.next - 1 };
	}

	joined(answer: JoinData): void {
		this.#epoch = answer.epoch;
		if (this.#reader === undefined) this.#reader = this.#ledger.join(this.#user, answer.seq);
		else if (answer.gap) this.#reader.startOver(answer.seq);
		for (const entry of answer.entries ?? []) this.#ledger.deliver(this.#reader, entry);
		this.#reader.present = true;
		const early = this.#early;
		this.#early = [];
		for (const entry of early) if (entry.seq > answer.seq) this.#ledger.deliver(this.#reader, entry);
	}

	/** Notes an entry; gives when it was meant to be sent, in microseconds, where that counts as fan-out. */
	deliver(entry: Entry): number | undefined {
		if (this.#reader?.present) return this.#ledger.deliver(this.#reader, entry);
		this.#early.push(entry);
		return undefined;
	}

	/** The line is gone: nothing is owed until the user is back, and then what was missed is. */
	lineLost(): void {
		if (this.#reader) this.#reader.present = false;
		this.#early = [];
	}

	/** The user left: what was still under way is not owed. */
	left(): void {
		if (this.#reader) this.#reader.present = false;
	}
}
