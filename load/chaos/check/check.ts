import { checkScreen } from "./check-screen.ts";
import type { PersonRecord, Said, Stored } from "./record.ts";
import { Verdict } from "./verdict.ts";

/** Holds what everybody said, had acked and was told against the rows of the store, each room's ascending by `seq`. */
export function check(records: readonly PersonRecord[], rooms: ReadonlyMap<string, readonly Stored[]>): Verdict {
	const verdict = new Verdict();
	for (const [room, rows] of rooms) checkLog(room, rows, verdict);
	for (const record of records) {
		const rows = rooms.get(record.room) ?? [];
		checkAcks(record, rows, verdict);
		checkScreen(record, rows, verdict);
	}
	return verdict;
}

function checkLog(room: string, rows: readonly Stored[], verdict: Verdict): void {
	let last = 0;
	const bodies = new Map<string, number>();
	for (const { seq, author, body } of rows) {
		if (seq > last + 1)
			verdict.break("holes", `${room}: the store has nothing between ${last} and ${seq}.`, seq - last - 1);
		last = seq;
		const text = `${author} ${body}`;
		const first = bodies.get(text);
		if (first !== undefined) verdict.break("duplicated", `${room}: ${seq} says what ${first} had said.`);
		bodies.set(text, first ?? seq);
	}
}

function checkAcks({ author, room, said }: PersonRecord, rows: readonly Stored[], verdict: Verdict): void {
	const own = new Map(rows.filter((row) => row.author === author).map((row) => [row.clientId, row]));
	for (const { clientId, body, acks } of said) {
		verdict.sent++;
		const [ack, ...repeats] = acks;
		if (ack === undefined) {
			verdict.break("unacked", `${room}: ${author}'s ${quote(body)} was never acked.`);
			continue;
		}
		verdict.acked++;
		if (repeats.some(({ seq }) => seq !== ack.seq))
			verdict.break("duplicated", `${room}: ${author}'s ${quote(body)} was acked under several seqs.`);
		const row = own.get(clientId);
		if (row?.body !== body)
			verdict.break("lost", `${room}: ${author}'s ${quote(body)} was acked as ${ack.seq} and is not in the store.`);
		else if (row.seq !== ack.seq)
			verdict.break(
				"outOfOrder",
				`${room}: ${author}'s ${quote(body)} was acked as ${ack.seq} and is stored as ${row.seq}.`,
			);
	}
	checkOrderSent(room, author, said, verdict);
}

/** What went out on one line, first try, one after the other, is stored in that order. */
function checkOrderSent(room: string, author: string, said: readonly Said[], verdict: Verdict): void {
	const last = new Map<number, number>();
	for (const { line, acks, refusals } of said) {
		const ack = acks.find((one) => one.line === line);
		if (ack === undefined || refusals > 0) continue;
		const before = last.get(line) ?? 0;
		if (ack.seq < before)
			verdict.break("outOfOrder", `${room}: ${author} said ${ack.seq} after ${before}, on one line.`);
		last.set(line, Math.max(before, ack.seq));
	}
}

function quote(body: string): string {
	return JSON.stringify(body.slice(0, 32));
}
