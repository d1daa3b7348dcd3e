import type { Entry } from "../../app/protocol/log.ts";

/** What the ledger distinguishes in a log. A message with a `reply` is a reply. */
export const ENTRY_KINDS = ["message", "reply", "edit", "reaction", "removal"] as const;
export type EntryKind = (typeof ENTRY_KINDS)[number];

/** The emoji with which users react, in the form in which the server stores them (rule C4). */
export const REACTION_EMOJI = ["👍", "❤️", "😂", "🎉", "😮", "😢", "🙏", "👀"] as const;
const MAX_EMOJI = 32;

/** Upper bound of what one user can send in a run: 2^30 of each kind. */
const DETAILS = 2 ** 30;
const MAX_KINDS = 8;

/** Returns the kind of an entry; undefined for one that no user of a run sends, and for an erased one. */
export function entryKind(entry: Entry): EntryKind | undefined {
	switch (entry.kind) {
		case "message":
			return entry.reply === undefined ? "message" : "reply";
		case "edit":
		case "reaction":
		case "removal":
			return entry.kind;
		default:
			return undefined;
	}
}

/**
 * Returns a number that identifies an entry of a run, however often it arrives; never 0, which means "not seen". Each thread
 * computes the same one from what is in the entry, so that the copies of several threads and the ack can be compared.
 *
 * @param detail distinguishes the sender's entries of one kind: see {@link reactionDetail}; a removal's is its target, and
 * that of any other kind counts from 1
 */
export function entryId(sender: number, kind: EntryKind, detail: number): number {
	return (sender * MAX_KINDS + ENTRY_KINDS.indexOf(kind)) * DETAILS + detail;
}

/** A user sets and takes back a reaction once. Undefined for an emoji that no user of a run sends. */
export function reactionDetail(target: number, emoji: string, on: boolean): number | undefined {
	const index = (REACTION_EMOJI as readonly string[]).indexOf(emoji);
	return index === -1 ? undefined : (target * MAX_EMOJI + index) * 2 + (on ? 1 : 0);
}

/** Returns what {@link entryId} was computed from. */
export function readEntryId(id: number): { sender: number; kind: EntryKind; detail: number } {
	const head = Math.floor(id / DETAILS);
	return { sender: Math.floor(head / MAX_KINDS), kind: ENTRY_KINDS[head % MAX_KINDS]!, detail: id % DETAILS };
}

const NAME = /^user (\d+)$/;

/** Returns the name with which a virtual user signs in. Reactions and removals have no text, and only it identifies them. */
export function userName(user: number): string {
	return `user ${user}`;
}

/** Returns the number of the virtual user with this name. */
export function userOfName(name: string): number | undefined {
	const number = NAME.exec(name)?.[1];
	return number === undefined ? undefined : Number(number);
}
