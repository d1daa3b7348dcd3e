import type { User } from "../../app/protocol/session.ts";
import type { PlacedItem } from "./build-items.ts";
import type { PresenceItem } from "./item.ts";

/** A user who comes back within this time has reloaded the page or changed the network. */
const REJOIN_MS = 60_000;

type Change = { user: User; change: "joined" | "left"; at: number; after: number };

/**
 * Adds a join or a leave to the system items. Changes without an entry of the log between them are one item, in which a
 * join and a leave of one user cancel each other. A leave is taken back when its user joins again shortly after.
 */
export function foldPresence(
	items: readonly PlacedItem[],
	{ user, change, at, after }: Change,
	newKey: () => string,
): PlacedItem[] {
	const last = items.at(-1);
	const open = last?.after === after && last.item.kind === "presence" ? last.item : undefined;
	const opposite = change === "joined" ? "left" : "joined";
	const cancelled = items.findLast(
		({ item }) =>
			item.kind === "presence" &&
			item[opposite].some(({ id }) => id === user.id) &&
			(item === open || (change === "joined" && at - item.at < REJOIN_MS)),
	);
	if (cancelled) {
		const item = cancelled.item as PresenceItem;
		const rest = { ...item, [opposite]: item[opposite].filter(({ id }) => id !== user.id) };
		const isEmpty = rest.joined.length + rest.left.length === 0;
		return items.flatMap((one) => (one !== cancelled ? [one] : isEmpty ? [] : [{ ...one, item: rest }]));
	}
	const item: PresenceItem = open ?? { kind: "presence", key: newKey(), joined: [], left: [], at };
	const others = item[change].filter(({ id }) => id !== user.id);
	const folded = { ...item, [change]: [...others, user], at };
	return [...(open ? items.slice(0, -1) : items), { after, item: folded }];
}
