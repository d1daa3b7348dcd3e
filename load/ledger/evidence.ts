import type { RoomLedger } from "./room-ledger.ts";
import { SeqTable } from "./seq-table.ts";

/** One member's account, as a thread hands it over at the end. */
export type ReaderEvidence = {
	user: number;
	from: number;
	next: number;
	present: boolean;
	received: number;
	duplicated: number;
	outOfOrder: number;
	unnamedHoles: number;
	missing: number[];
};

/** What one thread saw of one room. */
export type RoomEvidence = {
	room: string;
	altered: number;
	seen: SeqTable;
	acked: SeqTable;
	readers: ReaderEvidence[];
};

/** The evidence as a line of JSON can carry it: {@link SeqTable.toJSON} does the tables. */
export function evidenceOf(ledger: RoomLedger): RoomEvidence {
	return {
		room: ledger.room,
		altered: ledger.altered,
		seen: ledger.seen,
		acked: ledger.acked,
		readers: ledger.readers.map((reader) => ({ ...reader, missing: [...reader.missing] })),
	};
}

/** The way back from JSON. */
export function readEvidence(line: ReturnType<typeof JSON.parse>): RoomEvidence {
	return { ...line, seen: SeqTable.from(line.seen), acked: SeqTable.from(line.acked) };
}
