import type { ReaderEvidence, RoomEvidence } from "./evidence.ts";
import { senderOf } from "./marker.ts";
import type { SeqTable } from "./seq-table.ts";

/** So many faults are told in words; all are counted. */
const MAX_SENTENCES = 20;

/** The books of a run: what was owed to whom, and what became of it. Any of the four faults above 0 fails the run. */
export type Accounting = {
	/** Messages whose sender holds an ack. */
	acked: number;
	/** Members, counted once a room. */
	members: number;
	/** Deliveries owed: each message once to each member that was there. */
	owed: number;
	/** Deliveries that came, each counted once. */
	delivered: number;
	/** Deliveries that were owed and never came. */
	lost: number;
	/** Deliveries that came more than once, be it one entry twice or one message under two numbers. */
	duplicated: number;
	/** Deliveries that came after one with a higher number. */
	outOfOrder: number;
	/** Deliveries that differed from what other members got under that number, and acks that named another's number. */
	altered: number;
	/** The first of the faults, in words. */
	faults: string[];
};

/** Puts together what every thread saw, and holds the acks against what each member got. */
export function settle(evidence: RoomEvidence[]): Accounting {
	const books: Accounting = {
		acked: 0,
		members: 0,
		owed: 0,
		delivered: 0,
		lost: 0,
		duplicated: 0,
		outOfOrder: 0,
		altered: 0,
		faults: [],
	};
	for (const [room, parts] of Map.groupBy(evidence, ({ room }) => room)) settleRoom(books, room, parts);
	return books;
}

function settleRoom(books: Accounting, room: string, parts: RoomEvidence[]): void {
	const seen = merge(books, parts, "seen");
	const acked = merge(books, parts, "acked");
	const tell = (sentence: string) => books.faults.length < MAX_SENTENCES && books.faults.push(`${room}: ${sentence}`);

	for (const { altered } of parts) books.altered += altered;
	for (const [seq, id] of acked.entries()) {
		books.acked++;
		if (seen.get(seq) !== 0 && seen.get(seq) !== id) {
			books.altered++;
			tell(
				`the ack of user ${senderOf(id)} named seq ${seq}, which carries a message of user ${senderOf(seen.get(seq))}`,
			);
		}
	}
	const head = Math.max(seen.head, acked.head);
	const repeats = repeated(seen);
	for (const reader of parts.flatMap(({ readers }) => readers)) settleReader(books, reader, head, repeats, tell);
}

function settleReader(
	books: Accounting,
	reader: ReaderEvidence,
	head: number,
	repeats: number[],
	tell: (sentence: string) => void,
): void {
	const last = reader.present ? Math.max(head, reader.next - 1) : reader.next - 1;
	const tail = last - reader.next + 1;
	const lost = reader.missing.length + reader.unnamedHoles + tail;
	const twice = repeats.filter((seq) => seq >= reader.from && seq < reader.next && !reader.missing.includes(seq));
	books.members++;
	books.owed += reader.received + lost;
	books.delivered += reader.received;
	books.lost += lost;
	books.duplicated += reader.duplicated + twice.length;
	books.outOfOrder += reader.outOfOrder;
	for (const seq of reader.missing) tell(`seq ${seq} never came to user ${reader.user}`);
	if (tail > 0) tell(`everything from seq ${reader.next} to ${last} never came to user ${reader.user}`);
	if (reader.duplicated > 0) tell(`user ${reader.user} got ${reader.duplicated} of the entries twice`);
	for (const seq of twice) tell(`user ${reader.user} got the message at seq ${seq} under an earlier number as well`);
	if (reader.outOfOrder > 0) tell(`${reader.outOfOrder} of the entries came to user ${reader.user} out of order`);
}

function merge(books: Accounting, parts: RoomEvidence[], which: "seen" | "acked"): SeqTable {
	const [first, ...others] = parts.map((part) => part[which]);
	for (const other of others) {
		for (const [seq, id] of other.entries()) {
			if (first!.get(seq) === 0) first!.set(seq, id);
			else if (first!.get(seq) !== id) books.altered++;
		}
	}
	return first!;
}

/** The seqs under which a message came that an earlier seq carried already. */
function repeated(seen: SeqTable): number[] {
	const ids = new Set<number>();
	const seqs: number[] = [];
	for (const [seq, id] of seen.entries()) {
		if (ids.has(id)) seqs.push(seq);
		ids.add(id);
	}
	return seqs;
}
