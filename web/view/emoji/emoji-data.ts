import { canonicalEmoji } from "../../../app/protocol/emoji.ts";
import type data from "./data/emoji.json";

export type Emoji = {
	/** Fully qualified, without a skin tone. */
	emoji: string;
	/** Read by screen readers: "thumbs up". */
	label: string;
	/** Without colons, the common ones first: "+1", "thumbsup", "thumbs_up". */
	shortcodes: string[];
};
export type EmojiGroup = { name: string; emoji: Emoji[] };
/** More words for the search, in the order of all emoji. */
export type EmojiTags = string[][];

type EmojiData = typeof data;

/** The "A" of the letters that flags consist of. */
const REGIONAL_A = 0x1f1e6;

/** Loads the data on the first call, and again after a failure. Returns the groups without the emoji that this browser does not know. */
export const loadEmoji = once(async () =>
	groupsOf((await import("./data/emoji.json", { with: { type: "json" } })).default).map(({ name, emoji }) => ({
		name,
		emoji: emoji.filter((each) => canonicalEmoji(each.emoji) === each.emoji),
	})),
);

/** Loads the tags of each emoji. */
export const loadTags = once(async (): Promise<Map<string, string[]>> => {
	const [emoji, tags] = await Promise.all([
		import("./data/emoji.json", { with: { type: "json" } }),
		import("./data/tags.json", { with: { type: "json" } }),
	]);
	const ofRow = tags.default.tags.split("|");
	return new Map(emoji.default.emoji.split("|").map((each, row) => [each, ofRow[row]?.split(",") ?? []]));
});

export function groupsOf(data: EmojiData): EmojiGroup[] {
	const [emoji, labels, codes] = [data.emoji, data.labels, data.codes].map((column) => column.split("|"));
	const all = emoji!.map((each, row) => {
		const explicit = codes![row] === "" ? [] : codes![row]!.split(",");
		return { emoji: each, label: labels![row]!, shortcodes: [...explicit, shortcodeOf(labels![row]!)] };
	});
	let start = 0;
	const groups = data.groups.map(({ name, size }) => {
		start += size;
		return { name, emoji: all.slice(start - size, start) };
	});
	groups.at(-1)?.emoji.push(...flagsOf(data.regions));
	return groups;
}

/** The flags of countries. The browser knows their names. */
function flagsOf(regions: string): Emoji[] {
	const names = new Intl.DisplayNames("en", { type: "region" });
	return (regions.match(/../g) ?? []).map((region) => {
		const letters = [...region].map((letter) => REGIONAL_A + letter.charCodeAt(0) - 65);
		const name = names.of(region) ?? region;
		return {
			emoji: String.fromCodePoint(...letters),
			label: `flag: ${name}`,
			shortcodes: [`flag_${region.toLowerCase()}`, shortcodeOf(name)],
		};
	});
}

/** The shortcode of a label: "thumbs_up". */
export function shortcodeOf(label: string): string {
	return label
		.normalize("NFD")
		.replace(/\p{M}/gu, "")
		.toLowerCase()
		.replace(/[^a-z0-9]+/g, "_")
		.replace(/^_|_$/g, "");
}

function once<T>(load: () => Promise<T>): () => Promise<T> {
	let loading: Promise<T> | undefined;
	return () => {
		loading ??= load().catch((error: unknown) => {
			loading = undefined;
			throw error;
		});
		return loading;
	};
}
