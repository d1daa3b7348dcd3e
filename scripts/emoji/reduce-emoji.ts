/** Reduces the data of emojibase to what the page needs of it. */
import { canonicalEmoji } from "../../app/protocol/emoji.ts";

/** An entry of emojibase's data.json. */
export type SourceEmoji = {
	emoji: string;
	hexcode: string;
	label: string;
	order?: number;
	group?: number;
	tags?: string[];
};
type Shortcodes = Record<string, string | string[]>;

/** The groups of the picker, and theirs in emojibase. Its group 2 is the skin tones alone. */
const GROUPS: [name: string, group: number][] = [
	["Smileys", 0],
	["People", 1],
	["Animals & nature", 3],
	["Food & drink", 4],
	["Travel & places", 5],
	["Activities", 6],
	["Objects", 7],
	["Symbols", 8],
	["Flags", 9],
];

/** The most tags of one emoji. */
const MAX_TAGS = 8;

/** Columns, which compress better than rows. Their rows are separated by "|". */
type Reduced = {
	emoji: { groups: { name: string; size: number }[]; emoji: string; labels: string; codes: string; regions: string };
	tags: { tags: string };
};

export function reduceEmoji(source: SourceEmoji[], shortcodes: Shortcodes): Reduced {
	const sorted = source.toSorted((a, b) => (a.order ?? 0) - (b.order ?? 0));
	const groups = GROUPS.map(([name, group]) => ({
		name,
		rows: sorted.filter((emoji) => emoji.group === group && regionOf(emoji) === undefined),
	}));
	const rows = groups.flatMap((group) => group.rows);
	return {
		emoji: {
			groups: groups.map(({ name, rows }) => ({ name, size: rows.length })),
			emoji: column(rows.map(canonicalOf)),
			labels: column(rows.map(({ label }) => label)),
			codes: column(rows.map((row) => codesOf(row, shortcodes).join(","))),
			regions: sorted.map((row) => regionOf(row) ?? "").join(""),
		},
		tags: { tags: column(rows.map((row) => tagsOf(row).join(","))) },
	};
}

function column(fields: string[]): string {
	const broken = fields.find((field) => field.includes("|"));
	if (broken !== undefined) throw new Error(`"${broken}" contains the separator.`);
	return fields.join("|");
}

function canonicalOf({ emoji, label }: SourceEmoji): string {
	const canonical = canonicalEmoji(emoji);
	if (canonical === undefined) throw new Error(`This Node does not know "${label}".`);
	return canonical;
}

/** The shortcodes that do not follow from the label. */
function codesOf({ hexcode, label }: SourceEmoji, shortcodes: Shortcodes): string[] {
	return [shortcodes[hexcode] ?? []].flat().filter((code) => code !== shortcodeOf(label));
}

/** The words that the label does not have. */
function tagsOf({ label, tags = [] }: SourceEmoji): string[] {
	const words = new Set(label.toLowerCase().split(/[^\p{L}\p{N}]+/u));
	return tags.filter((tag) => !words.has(tag) && !/[,|]/.test(tag)).slice(0, MAX_TAGS);
}

/** The two letters of a country's flag, whose label the browser knows. */
function regionOf({ hexcode, group }: SourceEmoji): string | undefined {
	const letters = /^1F1([EF][\dA-F])-1F1([EF][\dA-F])$/.exec(hexcode);
	if (group !== 9 || letters === null) return undefined;
	return String.fromCharCode(...letters.slice(1).map((hex) => Number.parseInt(hex, 16) - 0xe6 + 65));
}

/** As in web/view/emoji/emoji-data.ts. */
function shortcodeOf(label: string): string {
	return label
		.normalize("NFD")
		.replace(/\p{M}/gu, "")
		.toLowerCase()
		.replace(/[^a-z0-9]+/g, "_")
		.replace(/^_|_$/g, "");
}
