/** Texts of this length that are the worst for parsers of Markdown, by what they repeat. */
export function hostileTexts(chars: number): Map<string, string> {
	const repeated = REPEATED.map((unit) => [unit, unit.repeat(Math.ceil(chars / unit.length)).slice(0, chars)] as const);
	return new Map([
		...repeated.map(([unit, text]) => [JSON.stringify(unit), text] as const),
		...repeated.map(([unit, text]) => [`a line, then ${JSON.stringify(unit)}`, `x\n${text}`] as const),
		["backticks in runs of all lengths", growing(chars, (size) => `${"`".repeat(size)} `)],
		["stars in runs of all lengths", growing(chars, (size) => `${"*".repeat(size)}a`)],
		["items that are indented more and more", growing(chars, (size) => `${" ".repeat(size)}- a\n`)],
		["openers, then closers", `${"**a *b ~~c _d ".repeat(chars / 28)}${"d_ c~~ b* a**".repeat(chars / 26)}`],
	]);
}

const REPEATED = [
	...["*", "_", "~", "`", "[", "(", ">", "-", "@", "\\", " ", "\n", "\t", "😀", "👩‍👩‍👧‍👦", "\u0301"],
	...["_a", "*a", "**a", "*a ", "*a*", "**a**", "***a***", "a**b", "*_~~**", "*a_b~~c", "_*", "`a`x", "` ``", "`a"],
	...["```", "```\n", "```a\n", "a```\n", "```\n```\n", "> ", "> a\n", ">\n", ">> a\n>\n", "> - ", "> - a\n"],
	...["- ", "- a\n", "- a\n  ", "1. ", "1. a\n", "9. a\n", "\n \n", "*a\n\n", "a@", "@a "],
	...["www.", "www.a ", "www.a(", "http://", "https://a.b/_*", "mailto:a@b "],
];

function growing(chars: number, part: (size: number) => string): string {
	let text = "";
	for (let size = 1; text.length < chars; size++) text += part(size);
	return text.slice(0, chars);
}
