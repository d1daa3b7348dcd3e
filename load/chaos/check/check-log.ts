import type { Findings } from "../../kit/suite/findings.ts";
import type { StoredEntry } from "./history.ts";
import { appendedKind, type RoomModel } from "./room-model.ts";

/** Checks the entries of a room by themselves: no hole, nothing twice, and no text that was edited away or removed. */
export function checkLog(room: string, stored: readonly StoredEntry[], model: RoomModel, findings: Findings): void {
	let last = 0;
	const firsts = new Map<string, number>();
	for (const entry of stored) {
		const { seq } = entry;
		if (seq > last + 1)
			findings.broken("gaps", `${room}: the store has nothing between ${last} and ${seq}.`, seq - last - 1);
		last = seq;
		for (const once of appendedOnce(entry, model)) {
			const first = firsts.get(once);
			if (first !== undefined) findings.broken("duplicated", `${room}: ${seq} repeats ${first}.`);
			firsts.set(once, first ?? seq);
		}
		if (changesNothing(entry, model))
			findings.broken("duplicated", `${room}: ${seq} is a ${entry.kind} that was there already.`);
		const text = model.textOf(entry);
		const erasedBy = model.erasedBy.get(seq);
		if (text !== undefined && erasedBy !== undefined && entry.body === text)
			findings.broken("unerased", `${room}: the store has the text of ${seq}, which ${erasedBy} erased.`);
	}
}

/** Returns what may be in the log only once: an author's `clientId` (rule M2), and a text, because no two are equal. */
function appendedOnce(entry: StoredEntry, model: RoomModel): string[] {
	const { author, clientId } = entry;
	const text = model.textOf(entry);
	return [
		...(clientId === null ? [] : [`${author} as ${clientId}`]),
		...(text === undefined ? [] : [`${author}: ${text}`]),
	];
}

/** Whether an entry repeats a reaction that was set already, or a removal of a message that was removed. */
function changesNothing(entry: StoredEntry, model: RoomModel): boolean {
	const { seq, target, author, emoji, isOn } = entry;
	const kind = appendedKind(entry);
	if (target === null || (kind !== "reaction" && kind !== "removal")) return false;
	const before = model.versions.get(target)?.findLast(({ rev }) => rev < seq)?.message;
	if (before === undefined) return kind === "removal";
	return kind === "reaction" && (before.reactions.get(emoji!)?.has(author!) ?? false) === Boolean(isOn);
}
