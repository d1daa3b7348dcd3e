import type { Entry } from "../../protocol/log.ts";

/** Returns entries as the store has them after a later one: erased if it removes their message, with the new text if it is an edit. */
export function withChange(entries: Entry[], change: Entry): Entry[] {
	if (change.kind === "removal") return withoutMessage(entries, change.target);
	return change.kind === "edit" ? withText(entries, change) : entries;
}

/** Returns an entry without its content. A reply keeps its `root`, because its thread has counted it until the removal. */
export function erased(entry: Entry): Entry {
	const { seq, createdAt } = entry;
	const root = entry.kind === "message" ? entry.root : undefined;
	return { kind: "erased", seq, createdAt, ...(root !== undefined && { root }) };
}

/** Erases a message and the entries that changed it, as the store does. */
function withoutMessage(entries: readonly Entry[], target: number): Entry[] {
	return entries.map((entry) => {
		const isOfMessage = entry.seq === target || ("target" in entry && entry.target === target);
		return isOfMessage && entry.kind !== "erased" ? erased(entry) : entry;
	});
}

/** Erases the former text of a message: the message has the new one, and the former edit has none. */
function withText(entries: readonly Entry[], { target, body, mentions }: Entry & { kind: "edit" }): Entry[] {
	return entries.map((entry) => {
		if (entry.kind === "edit" && entry.target === target) return erased(entry);
		if (entry.kind !== "message" || entry.seq !== target) return entry;
		const { mentions: _, location: __, ...rest } = entry;
		return { ...rest, body, ...(mentions && { mentions }) };
	});
}
