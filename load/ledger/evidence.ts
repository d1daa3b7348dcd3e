import type { Reader } from "./reader.ts";
import type { RoomLedger } from "./room-ledger.ts";
import { SeqTable } from "./seq-table.ts";

/** What one member received, as a thread hands it over at the end. */
export type ReaderEvidence = Omit<Reader, "missing" | "take" | "startOver"> & { missing: number[] };

/** What one thread recorded of one room. */
export type RoomEvidence = Pick<
	RoomLedger,
	"room" | "altered" | "differing" | "notFound" | "files" | "seen" | "acked"
> & {
	changed: number[];
	readers: ReaderEvidence[];
};

/** Returns a ledger as JSON can carry it; {@link SeqTable.toJSON} encodes the tables. */
export function evidenceOf(ledger: RoomLedger): RoomEvidence {
	const { room, altered, differing, notFound, files, seen, acked, changed } = ledger;
	const readers = ledger.readers.map((reader) => ({ ...reader, missing: [...reader.missing] }));
	return { room, altered, differing, notFound, files, seen, acked, changed: [...changed], readers };
}

/** Restores what {@link evidenceOf} returned from its JSON. */
export function readEvidence(json: ReturnType<typeof JSON.parse>): RoomEvidence {
	return { ...json, seen: SeqTable.from(json.seen), acked: SeqTable.from(json.acked) };
}
