import type { ReaderEvidence, RoomEvidence } from "./evidence.ts";
import { senderOf } from "./marker.ts";
import type { SeqTable } from "./seq-table.ts";

/** Number of faults that are described; all are counted. */
const MAX_SENTENCES = 20;

/** The deliveries that were owed in a run and those that were made. Any of the four faults above 0 fails the run. */
export type Accounting = {
	/** Messages whose sender received an ack. */
	acked: number;
	/** Members, counted once per room. */
	members: number;
	/** Deliveries owed: each message once to each member that was present. */
	owed: number;
	/** Deliveries received, each counted once. */
	delivered: number;
	/** Deliveries that were owed and not received. */
	lost: number;
	/** Deliveries received more than once: one entry twice, or one message under two seqs. */
	duplicated: number;
	/** Deliveries received after one with a higher seq. */
	outOfOrder: number;
	/** Deliveries that differ from what other members received under that seq, and acks that name another message's seq. */
	altered: number;
	/** Descriptions of the first faults. */
	faults: string[];
};

/** Merges the evidence of all threads, and compares the acks with what each member received. */
export function settle(evidence: RoomEvidence[]): Accounting {
	const totals: Accounting = {
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
	for (const [room, parts] of Map.groupBy(evidence, ({ room }) => room)) settleRoom(totals, room, parts);
	return totals;
}

function settleRoom(totals: Accounting, room: string, parts: RoomEvidence[]): void {
	const seen = merge(totals, parts, "seen");
	const acked = merge(totals, parts, "acked");
	const describe = (sentence: string) =>
		totals.faults.length < MAX_SENTENCES && totals.faults.push(`${room}: ${sentence}`);

	for (const { altered } of parts) totals.altered += altered;
	for (const [seq, id] of acked.entries()) {
		totals.acked++;
		if (seen.get(seq) !== 0 && seen.get(seq) !== id) {
			totals.altered++;
			describe(
				`the ack of user ${senderOf(id)} named seq ${seq}, which is a message of user ${senderOf(seen.get(seq))}`,
			);
		}
	}
	const head = Math.max(seen.head, acked.head);
	const repeats = repeated(seen);
	for (const reader of parts.flatMap(({ readers }) => readers)) settleReader(totals, reader, head, repeats, describe);
}

function settleReader(
	totals: Accounting,
	reader: ReaderEvidence,
	head: number,
	repeats: number[],
	describe: (sentence: string) => void,
): void {
	const last = reader.present ? Math.max(head, reader.next - 1) : reader.next - 1;
	const tail = last - reader.next + 1;
	const lost = reader.missing.length + reader.unnamedHoles + tail;
	const twice = repeats.filter((seq) => seq >= reader.from && seq < reader.next && !reader.missing.includes(seq));
	totals.members++;
	totals.owed += reader.received + lost;
	totals.delivered += reader.received;
	totals.lost += lost;
	totals.duplicated += reader.duplicated + twice.length;
	totals.outOfOrder += reader.outOfOrder;
	for (const seq of reader.missing) describe(`seq ${seq} was not delivered to user ${reader.user}`);
	if (tail > 0) describe(`everything from seq ${reader.next} to ${last} was not delivered to user ${reader.user}`);
	if (reader.duplicated > 0) describe(`user ${reader.user} received ${reader.duplicated} entries twice`);
	for (const seq of twice)
		describe(`user ${reader.user} received the message at seq ${seq} under an earlier seq as well`);
	if (reader.outOfOrder > 0) describe(`user ${reader.user} received ${reader.outOfOrder} entries out of order`);
}

function merge(totals: Accounting, parts: RoomEvidence[], which: "seen" | "acked"): SeqTable {
	const [first, ...others] = parts.map((part) => part[which]);
	for (const other of others) {
		for (const [seq, id] of other.entries()) {
			if (first!.get(seq) === 0) first!.set(seq, id);
			else if (first!.get(seq) !== id) totals.altered++;
		}
	}
	return first!;
}

/** Returns the seqs whose message has an earlier seq as well. */
function repeated(seen: SeqTable): number[] {
	const ids = new Set<number>();
	const seqs: number[] = [];
	for (const [seq, id] of seen.entries()) {
		if (ids.has(id)) seqs.push(seq);
		ids.add(id);
	}
	return seqs;
}
