import type { ReactionItem } from "../../model/item.ts";

/** Returns who reacted: "You, Grace and 2 others", or "5 people". `ownId`: the id of the user. */
export function reactors({ users = [], count, mine }: ReactionItem, ownId: string): string {
	const names = users.filter(({ id }) => id !== ownId).map(({ name }) => name);
	if (mine) names.unshift("You");
	const known = names.slice(0, count);
	const more = count - known.length;
	if (known.length === 0) return more === 1 ? "1 person" : `${more} people`;
	if (more > 0) known.push(more === 1 ? "1 other" : `${more} others`);
	const last = known.pop()!;
	return known.length === 0 ? last : `${known.join(", ")} and ${last}`;
}
