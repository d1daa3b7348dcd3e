import type { Entry } from "../../../app/protocol/log.ts";
import type { Findings } from "../../kit/suite/findings.ts";
import type { ReceivedEntry, Segment, StoredEntry, UserHistory } from "./history.ts";
import { appendedKind, type RoomModel } from "./room-model.ts";

/** Checks that a user has received every entry after each fresh start, once, in the order of the store. */
export function checkReceived(history: UserHistory, model: RoomModel, findings: Findings): void {
	const { user, room, segments, receivedBeforeAck, missedWhileConnected: missed } = history;
	if (receivedBeforeAck > 0)
		findings.broken("outOfOrder", `${room}: ${user} received own entries before their acks.`, receivedBeforeAck);
	// Clients have to fill such a gap, but a correct server does not leave an entry out.
	if (missed > 0) findings.broken("gaps", `${room}: ${missed} entries did not reach ${user} while connected.`, missed);
	let last = 0;
	for (const segment of segments) last = checkSegment(history, segment, model, findings);
	const { head } = model;
	if (segments.length > 0 && last < head)
		findings.broken("gaps", `${room}: ${user} received nothing after ${last}; the store ends at ${head}.`, head - last);
}

/** Returns the last seq that the user has received. */
function checkSegment(
	{ user, room }: UserHistory,
	{ since, received }: Segment,
	model: RoomModel,
	findings: Findings,
): number {
	let last = since;
	const seen = new Set<number>();
	for (const one of received) {
		const { seq } = one.entry;
		const what = `${room}: ${user} received ${seq}`;
		if (seen.has(seq)) findings.broken("duplicated", `${what} again.`);
		else if (seq <= last) findings.broken("outOfOrder", `${what} after ${last}.`);
		else if (seq > last + 1) findings.broken("gaps", `${what} right after ${last}.`, seq - last - 1);
		seen.add(seq);
		last = Math.max(last, seq);
		const stored = model.entries.get(seq);
		if (stored === undefined) findings.broken("lost", `${what}, which is not in the store.`);
		else checkContent(what, one, stored, model, findings);
	}
	return last;
}

function checkContent(
	what: string,
	{ entry, head }: ReceivedEntry,
	stored: StoredEntry,
	model: RoomModel,
	findings: Findings,
): void {
	if (entry.kind === "erased") {
		if (!mayBeErased(stored, model)) findings.broken("altered", `${what} as erased, and it is not.`);
	} else if (!isSame(entry, stored, model)) findings.broken("altered", `${what} with another content than stored.`);
	else {
		const erasedBy = erasedAt(entry, model);
		// A later text may come with a read of the store, but none that was erased when the log ended at `head`.
		if (erasedBy <= head)
			findings.broken("unerased", `${what} with a text that ${erasedBy} erased, in a log up to ${head}.`);
	}
}

/** Whether the entry's own content, or that of the message that it changes, was erased by a later entry. */
function mayBeErased(stored: StoredEntry, model: RoomModel): boolean {
	const kind = appendedKind(stored);
	if (kind === "message") return model.newest(stored.seq)?.message === undefined;
	if (kind === "removal") return false;
	return model.erasedBy.has(stored.seq) || model.newest(stored.target!)?.message === undefined;
}

/** Compares all but the text of a message, which may be that of a later edit. */
function isSame(entry: Exclude<Entry, { kind: "erased" }>, stored: StoredEntry, model: RoomModel): boolean {
	if (entry.kind !== appendedKind(stored) || entry.createdAt !== stored.createdAt) return false;
	if (entry.kind === "message")
		return (
			entry.author.id === stored.author &&
			(entry.reply ?? null) === stored.reply &&
			textsOf(stored.seq, model).some((seq) => hasText(entry.body, seq, model))
		);
	if (entry.target !== stored.target) return false;
	switch (entry.kind) {
		case "edit":
			return entry.author.id === stored.author && hasText(entry.body, stored.seq, model);
		case "reaction":
			return entry.user.id === stored.author && entry.emoji === stored.emoji && entry.on === Boolean(stored.isOn);
		case "pin":
			return entry.on === Boolean(stored.isOn);
		case "removal":
			return (entry.by?.id ?? null) === stored.author;
	}
}

/** Returns the entry by which the text was erased; infinite if it was not, or if the entry has none. */
function erasedAt(entry: Entry, model: RoomModel): number {
	if (entry.kind !== "message" && entry.kind !== "edit") return Number.POSITIVE_INFINITY;
	const texts = entry.kind === "message" ? textsOf(entry.seq, model) : [entry.seq];
	// The newest one that it may be: several are equal only if nobody knows them.
	const text = texts.findLast((seq) => hasText(entry.body, seq, model));
	return model.erasedBy.get(text!) ?? Number.POSITIVE_INFINITY;
}

/** Returns the entries that have had the text of a message: itself and its edits. */
function textsOf(message: number, model: RoomModel): number[] {
	const versions = model.versions.get(message) ?? [];
	return [...new Set(versions.flatMap((version) => version.message?.text ?? []))];
}

function hasText(body: string | undefined, seq: number, model: RoomModel): boolean {
	const text = model.textOf(model.entries.get(seq)!);
	return text === undefined || text === body;
}
