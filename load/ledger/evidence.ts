import type { RoomLedger } from "./room-ledger.ts";
import { SeqTable } from "./seq-table.ts";

/** What one member received, as a thread hands it over at the end. */
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

/** What one thread recorded of one room. */
export type RoomEvidence = {
	room: string;
	altered: number;
	seen: SeqTable;
	acked: SeqTable;
	readers: ReaderEvidence[];
};

/** Returns a ledger as JSON can carry it; {@link SeqTable.toJSON} encodes the tables. */
export function evidenceOf(ledger: RoomLedger): RoomEvidence {
	return {
		room: ledger.room,
		altered: ledger.altered,
		seen: ledger.seen,
		acked: ledger.acked,
		readers: ledger.readers.map((reader) => ({ ...reader, missing: [...reader.missing] })),
	};
}

/** Restores what {@link evidenceOf} returned from its JSON. */
export function readEvidence(json: ReturnType<typeof JSON.parse>): RoomEvidence {
	return { ...json, seen: SeqTable.from(json.seen), acked: SeqTable.from(json.acked) };
}
