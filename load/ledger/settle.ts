import { ENTRY_KINDS, type EntryKind, readEntryId } from "./entry-kinds.ts";
import type { ReaderEvidence, RoomEvidence } from "./evidence.ts";
import { type FileAccounting, noFiles, settleFiles } from "./file-books.ts";
import type { SeqTable } from "./seq-table.ts";

/** Number of faults that are described; all are counted. */
const MAX_SENTENCES = 20;

/** The deliveries that were owed in a run and those that were made. Any of the faults above 0 fails the run. */
export type Accounting = {
	/** Entries, such as messages, whose sender received an ack. */
	acked: number;
	/** Members, counted once per room. */
	members: number;
	/** Deliveries owed: each entry once to each member that was present. */
	owed: number;
	/** Deliveries received, each counted once. */
	delivered: number;
	/** Deliveries that were owed and not received. */
	lost: number;
	/** Deliveries received more than once: one entry twice, or one message under two seqs. */
	duplicated: number;
	/** Deliveries received after one with a higher seq. */
	outOfOrder: number;
	/** Deliveries that differ from what other members received under that seq, and acks that name another entry's seq. */
	altered: number;
	/** Changes that were refused because their message had been removed. They are no fault. */
	tooLate: number;
	/** Changes that were refused in that way although nobody had removed the message. */
	refused: number;
	/** The part of each kind of entry that was sent. A delivery whose text was erased meanwhile is of no kind. */
	kinds: Partial<Record<EntryKind, KindAccounting>>;
	files: FileAccounting;
	/** Descriptions of the first faults. */
	faults: string[];
};

export type KindAccounting = { acked: number; delivered: number; lost: number };

/** The merged evidence of one room. */
type SettledRoom = {
	seen: SeqTable;
	acked: SeqTable;
	head: number;
	/** The seqs whose entry has an earlier seq as well. */
	repeats: number[];
	describe(sentence: string): void;
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
		tooLate: 0,
		refused: 0,
		kinds: {},
		files: noFiles(),
		faults: [],
	};
	for (const [room, parts] of Map.groupBy(evidence, ({ room }) => room)) settleRoom(totals, room, parts);
	return totals;
}

function settleRoom(totals: Accounting, name: string, parts: RoomEvidence[]): void {
	const seen = merge(totals, parts, "seen");
	const acked = merge(totals, parts, "acked");
	const describe = (sentence: string) => {
		if (totals.faults.length < MAX_SENTENCES) totals.faults.push(`${name}: ${sentence}`);
	};
	const room = { seen, acked, head: Math.max(seen.head, acked.head), repeats: repeated(seen), describe };

	const changed = new Set(parts.flatMap((part) => part.changed));
	for (const { altered, differing } of parts) {
		totals.altered += altered + differing.filter((message) => !changed.has(message)).length;
	}
	for (const [seq, id] of acked.entries()) {
		totals.acked++;
		kindOfTotals(totals, readEntryId(id).kind).acked++;
		if (seen.get(seq) === 0 || seen.get(seq) === id) continue;
		totals.altered++;
		describe(`the ack of ${describeEntry(id)} named seq ${seq}, which is ${describeEntry(seen.get(seq))}`);
	}
	settleNotFound(totals, room, parts);
	for (const reader of parts.flatMap(({ readers }) => readers)) settleReader(totals, reader, room);
}

/** A change of a message that somebody removed meanwhile is refused, and its files are not found, and rightly so. */
function settleNotFound(totals: Accounting, { seen, acked, describe }: SettledRoom, parts: RoomEvidence[]): void {
	const targets = parts.flatMap(({ notFound }) => notFound);
	const hasFiles = parts.some(({ files }) => files.uploaded + files.downloaded + files.notFound.length > 0);
	if (targets.length === 0 && !hasFiles) return;
	const ids = [...seen.entries(), ...acked.entries()].map(([, id]) => readEntryId(id));
	const removed = new Set(ids.filter(({ kind }) => kind === "removal").map(({ detail }) => detail));
	for (const target of targets) {
		if (removed.has(target)) totals.tooLate++;
		else {
			totals.refused++;
			describe(`a change of the message at seq ${target} was refused, which nobody removed`);
		}
	}
	for (const { files } of parts) settleFiles(totals.files, files, removed, describe);
}

function settleReader(totals: Accounting, reader: ReaderEvidence, room: SettledRoom): void {
	const { head, repeats, describe } = room;
	const last = reader.present ? Math.max(head, reader.next - 1) : reader.next - 1;
	const tail = last - reader.next + 1;
	const lost = reader.missing.length + reader.unnamedHoles + tail;
	const twice = repeats.filter((seq) => seq >= reader.from && seq < reader.next && !reader.missing.includes(seq));
	totals.members++;
	totals.owed += reader.total + lost;
	totals.delivered += reader.total;
	totals.lost += lost;
	totals.duplicated += reader.duplicated + twice.length;
	totals.outOfOrder += reader.outOfOrder;
	for (const kind of ENTRY_KINDS) {
		if (reader.received[kind] > 0) kindOfTotals(totals, kind).delivered += reader.received[kind];
	}
	const kindAt = (seq: number) => {
		const id = room.seen.get(seq) || room.acked.get(seq);
		return id === 0 ? undefined : readEntryId(id).kind;
	};
	const countLost = (seq: number) => {
		const kind = kindAt(seq);
		if (kind !== undefined) kindOfTotals(totals, kind).lost++;
	};
	reader.missing.forEach(countLost);
	// A seq above the head of the tables has no kind.
	for (let seq = reader.next; seq <= Math.min(last, head); seq++) countLost(seq);

	for (const seq of reader.missing) {
		const kind = kindAt(seq) ?? "message";
		describe(`seq ${seq}${kind === "message" ? "" : ` (${kind})`} was not delivered to user ${reader.user}`);
	}
	if (tail > 0) describe(`everything from seq ${reader.next} to ${last} was not delivered to user ${reader.user}`);
	if (reader.duplicated > 0) describe(`user ${reader.user} received ${reader.duplicated} entries twice`);
	for (const seq of twice)
		describe(`user ${reader.user} received the entry at seq ${seq} under an earlier seq as well`);
	if (reader.outOfOrder > 0) describe(`user ${reader.user} received ${reader.outOfOrder} entries out of order`);
}

function kindOfTotals({ kinds }: Accounting, kind: EntryKind): KindAccounting {
	kinds[kind] ??= { acked: 0, delivered: 0, lost: 0 };
	return kinds[kind];
}

function describeEntry(id: number): string {
	const { sender, kind } = readEntryId(id);
	return `${kind === "edit" ? "an" : "a"} ${kind} of user ${sender}`;
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

function repeated(seen: SeqTable): number[] {
	const ids = new Set<number>();
	const seqs: number[] = [];
	for (const [seq, id] of seen.entries()) {
		if (ids.has(id)) seqs.push(seq);
		ids.add(id);
	}
	return seqs;
}
