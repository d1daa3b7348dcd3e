import { tokenize } from "sugar-high/core";
import { languages } from "sugar-high/lang";

/** A part of a code. Without a kind it has the colour of the text. */
export type CodeToken = { kind?: CodeKind; text: string };
export type CodeKind = "comment" | "entity" | "keyword" | "property" | "string" | "value";

/** In the order of the token types of sugar-high. Names, signs and white space have no colour. */
const KINDS: (CodeKind | undefined)[] = [
	undefined,
	"keyword",
	"string",
	"value",
	"property",
	"entity",
	undefined,
	undefined,
	"comment",
];

const configs = new Map(
	languages.flatMap(({ id, extension, aliases, config }) => [id, extension, ...aliases].map((name) => [name, config])),
);

/** Returns undefined for a language that is not known. */
export function highlight(code: string, language: string): CodeToken[] | undefined {
	const name = language.toLowerCase();
	if (!configs.has(name)) return undefined;
	const tokens: CodeToken[] = [];
	for (const [type, text] of tokenize(code, configs.get(name))) {
		const kind = KINDS[type];
		const last = tokens.at(-1);
		if (last && last.kind === kind) last.text += text;
		else tokens.push(kind === undefined ? { text } : { kind, text });
	}
	return tokens;
}
