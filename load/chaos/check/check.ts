import { Findings } from "../../kit/suite/findings.ts";
import type { Segment, StoredMessage, StoredRooms, UserHistory } from "./history.ts";

/** Compares what every user has sent and received with the store. */
export function checkHistories(histories: readonly UserHistory[], rooms: StoredRooms): Findings {
	const findings = new Findings();
	for (const [room, stored] of rooms) checkLog(room, stored, findings);
	for (const history of histories) {
		const stored = rooms.get(history.room) ?? [];
		checkAcks(history, stored, findings);
		checkOrderSent(history, findings);
		checkReceived(history, stored, findings);
	}
	return findings;
}

function checkLog(room: string, stored: readonly StoredMessage[], findings: Findings): void {
	let last = 0;
	const seqs = new Map<string, number>();
	for (const { seq, author, body } of stored) {
		if (seq > last + 1)
			findings.broken("gaps", `${room}: the store has nothing between ${last} and ${seq}.`, seq - last - 1);
		last = seq;
		const text = `${author} ${body}`;
		const first = seqs.get(text);
		if (first !== undefined) findings.broken("duplicated", `${room}: ${seq} repeats ${first}.`);
		seqs.set(text, first ?? seq);
	}
}

function checkAcks({ user, room, sent }: UserHistory, stored: readonly StoredMessage[], findings: Findings): void {
	const own = new Map(stored.filter(({ author }) => author === user).map((message) => [message.clientId, message]));
	for (const { clientId, body, acks } of sent) {
		findings.sent++;
		const what = `${room}: ${user}'s ${JSON.stringify(body.slice(0, 32))} was`;
		const [ack, ...repeats] = acks;
		if (ack === undefined) {
			findings.broken("unacked", `${what} never acked.`);
			continue;
		}
		findings.acked++;
		if (repeats.some(({ seq }) => seq !== ack.seq)) findings.broken("duplicated", `${what} acked under several seqs.`);
		const message = own.get(clientId);
		if (message?.body !== body) findings.broken("lost", `${what} acked as ${ack.seq} and is not in the store.`);
		else if (message.seq !== ack.seq)
			findings.broken("outOfOrder", `${what} acked as ${ack.seq} and is stored as ${message.seq}.`);
	}
}

/** Checks that messages which were sent one after the other on one connection, each once, are stored in that order. */
function checkOrderSent({ user, room, sent }: UserHistory, findings: Findings): void {
	const last = new Map<number, number>();
	for (const { connection, acks, refusals } of sent) {
		const ack = acks.find((one) => one.connection === connection);
		if (ack === undefined || refusals > 0) continue;
		const before = last.get(connection) ?? 0;
		if (ack.seq < before)
			findings.broken("outOfOrder", `${room}: ${user} sent ${ack.seq} after ${before}, on one connection.`);
		last.set(connection, Math.max(before, ack.seq));
	}
}

/** Checks that a user has received everything after each fresh start, once, in the order of the store. */
function checkReceived(history: UserHistory, stored: readonly StoredMessage[], findings: Findings): void {
	const { user, room, segments, receivedBeforeAck, missedWhileConnected: missed } = history;
	const bySeq = new Map(stored.map((message) => [message.seq, message]));
	if (receivedBeforeAck > 0)
		findings.broken("outOfOrder", `${room}: ${user} received own messages before their acks.`, receivedBeforeAck);
	// Clients have to fill such a gap, but a correct server does not leave an entry out.
	if (missed > 0) findings.broken("gaps", `${room}: ${missed} entries did not reach ${user} while connected.`, missed);
	let last = 0;
	for (const segment of segments) last = checkSegment(history, segment, bySeq, findings);
	const head = stored.at(-1)?.seq ?? 0;
	if (segments.length > 0 && last < head)
		findings.broken("gaps", `${room}: ${user} received nothing after ${last}; the store ends at ${head}.`, head - last);
}

/** Returns the last seq that the user has received. */
function checkSegment(
	{ user, room }: UserHistory,
	{ since, received }: Segment,
	bySeq: ReadonlyMap<number, StoredMessage>,
	findings: Findings,
): number {
	let last = since;
	const seen = new Set<number>();
	for (const { seq, author, body } of received) {
		const what = `${room}: ${user} received ${seq}`;
		if (seen.has(seq)) findings.broken("duplicated", `${what} again.`);
		else if (seq <= last) findings.broken("outOfOrder", `${what} after ${last}.`);
		else if (seq > last + 1) findings.broken("gaps", `${what} right after ${last}.`, seq - last - 1);
		seen.add(seq);
		last = Math.max(last, seq);
		const stored = bySeq.get(seq);
		if (!stored) findings.broken("lost", `${what}, which is not in the store.`);
		else if (stored.author !== author || stored.body !== body)
			findings.broken("outOfOrder", `${what} with another author or body than stored.`);
	}
	return last;
}
