import type { Findings } from "../../kit/suite/findings.ts";
import type { Segment, StoredMessage, UserHistory } from "./history.ts";

/** Checks that a user has received everything after each fresh start, once, in the order of the store. */
export function checkReceived(history: UserHistory, stored: readonly StoredMessage[], findings: Findings): void {
	const { user, room, segments, receivedBeforeAck, missedWhileConnected: missed } = history;
	const bySeq = new Map(stored.map((message) => [message.seq, message]));
	if (receivedBeforeAck > 0)
		findings.broken("outOfOrder", `${room}: ${user} received own messages before their acks.`, receivedBeforeAck);
	// Clients fill such a gap, and have to; but the server has no reason to leave an entry out.
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
