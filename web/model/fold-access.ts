import type { PlacedItem } from "./build-items.ts";
import type { AccessEntry, AccessItem } from "./item.ts";

/** Adds an entry about the members or the settings of a private room. Those without another entry between them are one item. */
export function foldAccess(items: readonly PlacedItem[], entry: AccessEntry, newKey: () => string): PlacedItem[] {
	const { seq, createdAt: at } = entry;
	const last = items.at(-1);
	const open = last?.after === seq - 1 && last.item.kind === "access" ? last.item : undefined;
	const item: AccessItem = {
		kind: "access",
		key: open ? open.key : newKey(),
		entries: [...(open ? open.entries : []), entry],
		at,
		arrivedAt: Date.now(),
	};
	return [...(open ? items.slice(0, -1) : items), { after: seq, item }];
}
