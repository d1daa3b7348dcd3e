import type { Episode, PersonRecord, Stored } from "./record.ts";
import type { Verdict } from "./verdict.ts";

/** Holds what somebody was shown against the store: everything after where they came in, once, in its order. */
export function checkScreen(record: PersonRecord, rows: readonly Stored[], verdict: Verdict): void {
	const { author, room, episodes, toldBeforeAck, missedOnLine } = record;
	const bySeq = new Map(rows.map((row) => [row.seq, row]));
	if (toldBeforeAck > 0)
		verdict.break("outOfOrder", `${room}: ${author} was told own messages before their acks.`, toldBeforeAck);
	// Clients can heal it, and have to; but one server has no reason to leave anything out.
	if (missedOnLine > 0)
		verdict.break("holes", `${room}: ${missedOnLine} entries did not arrive on ${author}'s line.`, missedOnLine);
	let last = 0;
	for (const episode of episodes) last = checkEpisode(record, episode, bySeq, verdict);
	const head = rows.at(-1)?.seq ?? 0;
	if (episodes.length > 0 && last < head)
		verdict.break(
			"holes",
			`${room}: ${author} was told nothing after ${last}; the store goes on to ${head}.`,
			head - last,
		);
}

/** Answers the last `seq` that was told. */
function checkEpisode(
	{ author, room }: PersonRecord,
	{ since, told }: Episode,
	bySeq: ReadonlyMap<number, Stored>,
	verdict: Verdict,
): number {
	let last = since;
	const seen = new Set<number>();
	for (const entry of told) {
		const { seq } = entry;
		if (seen.has(seq)) verdict.break("duplicated", `${room}: ${author} was told ${seq} again.`);
		else if (seq <= last) verdict.break("outOfOrder", `${room}: ${author} was told ${seq} after ${last}.`);
		else if (seq > last + 1)
			verdict.break("holes", `${room}: ${author} was told ${seq} right after ${last}.`, seq - last - 1);
		seen.add(seq);
		last = Math.max(last, seq);
		const row = bySeq.get(seq);
		if (!row) verdict.break("lost", `${room}: ${author} was told ${seq}, which is not in the store.`);
		else if (row.author !== entry.author || row.body !== entry.body)
			verdict.break("outOfOrder", `${room}: ${author} was told ${seq} otherwise than it is stored.`);
	}
	return last;
}
