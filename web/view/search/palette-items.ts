import type { IconName } from "../controls/Icon.tsx";

/** What the palette offers: a room, a person, a command or a message. */
export type PaletteItem = {
	key: string;
	group: PaletteGroup;
	icon?: IconName;
	label: string;
	detail?: string;
	run: () => void;
};

/** In the order of the palette. */
export const PALETTE_GROUPS = ["Rooms", "People", "Commands", "Messages"] as const;
export type PaletteGroup = (typeof PALETTE_GROUPS)[number];

/** Maximum items of a group while there is a text. */
const MAX_MATCHES = 5;

/**
 * Returns the items whose labels match a text, those that begin with it first, at most five of a group. People are offered
 * only for a text.
 */
export function matchingItems(items: readonly PaletteItem[], text: string): PaletteItem[] {
	const wanted = folded(text).trim();
	if (wanted === "") return items.filter(({ group }) => group !== "People");
	const rank = ({ label }: PaletteItem) => (folded(label).startsWith(wanted) ? 0 : 1);
	const matching = items.filter(({ label }) => folded(label).includes(wanted)).sort((a, b) => rank(a) - rank(b));
	return PALETTE_GROUPS.flatMap((name) => matching.filter(({ group }) => group === name).slice(0, MAX_MATCHES));
}

function folded(text: string): string {
	return text
		.normalize("NFKD")
		.replace(/\p{Mn}/gu, "")
		.toLowerCase();
}
