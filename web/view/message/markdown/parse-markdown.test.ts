import assert from "node:assert/strict";
import { test } from "node:test";
import { mentionNames } from "./mention-names.ts";
import { parseMarkdown } from "./parse-markdown.ts";
import type { Block, Inline } from "./tree.ts";

/** Writes a tree as nested lists, for short expectations: `(strong bold)`. */
function written(blocks: Block[]): string {
	return blocks.map(blockWritten).join(" ");
}

function blockWritten(block: Block): string {
	switch (block.kind) {
		case "paragraph":
			return `(p ${inlineWritten(block.children)})`;
		case "quote":
			return `(quote ${written(block.children)})`;
		case "code":
			return `(fence ${block.language}|${block.text})`;
		case "list": {
			const items = block.items.map(({ value, children }) => `(li${value ?? ""} ${written(children)})`);
			return `(${block.ordered ? "ol" : "ul"} ${items.join(" ")})`;
		}
	}
}

function inlineWritten(nodes: Inline[]): string {
	return nodes
		.map((node) => {
			if (typeof node === "string") return node;
			return "children" in node ? `(${node.kind} ${inlineWritten(node.children)})` : `(${node.kind} ${node.text})`;
		})
		.join("");
}

function parses(text: string, expected: string): void {
	assert.equal(written(parseMarkdown(text)), expected, text);
}

function isText(text: string): void {
	assert.deepEqual(parseMarkdown(text), [{ kind: "paragraph", children: [text] }], text);
}

test("bold, italic, struck out and code", () => {
	parses("**a** *b* _c_ ~~d~~ `e`", "(p (strong a) (em b) (em c) (del d) (code e))");
	parses("***a***", "(p (strong (em a)))");
	parses("***a* b** and **c *d***", "(p (strong (em a) b) and (strong c (em d)))");
	parses("**a _b ~~c~~_ `**`**!", "(p (strong a (em b (del c)) (code **))!)");
	parses("这是**粗体**文字。*斜体*", "(p 这是(strong 粗体)文字。(em 斜体))");
	parses("**two\nlines**", "(p (strong two\nlines))");
});

test("what is not closed is text", () => {
	for (const text of ["**a", "a*", "*a **b", "~~a~", "`a", "``a`", "```js\na", "a `b\nc` d", "*a\n\nb*", "_a*"])
		isText(text);
	parses("*a **b*", "(p (em a **b))");
	parses("**a *b**", "(p (strong a *b))");
	parses("*a *b*", "(p *a (em b))");
});

test("marks inside words and between numbers are text", () => {
	for (const text of [
		"snake_case_name",
		"2*3*4",
		"2 * 3 * 4",
		"2**3**4",
		"f***ing s***",
		"__proto__",
		"****",
		"a ~ b ~ c",
	])
		isText(text);
	for (const text of [
		"¯\\_(ツ)_/¯",
		"\\*a\\*",
		"* a *",
		"price* and tax*",
		"^_^ ^_^ (^_^) o_O >_< >_< -_- -_- ._. ._.",
		"/a/_b",
		"***",
		"_",
		"~~",
	])
		isText(text);
	parses("**Haupt**bahnhof", "(p (strong Haupt)bahnhof)");
});

test("no markup, images, links with a text, headings or tables", () => {
	for (const text of [
		"<b>a</b>",
		"&lt;",
		"# a",
		"a\n---",
		"[a](javascript:alert(1))",
		"![a](x.png)",
		"| a | b |",
		"<!-- a -->",
		"[a]: b",
	])
		isText(text);
});

test("code spans keep everything, and end on the same line", () => {
	parses("`**a** _b_ https://example.org`", "(p (code **a** _b_ https://example.org))");
	parses("`` a`b `` ```c```", "(p (code a`b) (code c))");
	parses("it's `broken\nrun `npm i`", "(p it's `broken\nrun (code npm i))");
});

test("links are found as before, with the marks in them", () => {
	parses("**https://example.org/a_b_c** x", "(p (strong (link https://example.org/a_b_c)) x)");
	parses("see www.example.org/*a*.", "(p see (link www.example.org/*a)*.)");
	parses("_https://example.org/_", "(p (em (link https://example.org/)))");
});

test("quotes need a space, so that faces are text", () => {
	parses("> a\n> **b**\nc", "(quote (p a\n(strong b))) (p c)");
	parses("> a\n>\n> > b\n>> c", "(quote (p a) (quote (p b\nc)))");
	for (const text of [">_<", ">:(", ">", "> ", "a > b", "->"]) isText(text);
	parses("> - a\n> - b", "(quote (ul (li (p a)) (li (p b))))");
});

test("lists", () => {
	parses("- a\n- b", "(ul (li (p a)) (li (p b)))");
	parses("x\n- a\n  more\n  - b\n- c\ny", "(p x) (ul (li (p a\nmore) (ul (li (p b)))) (li (p c))) (p y)");
	parses("1. a\n2. b", "(ol (li (p a)) (li (p b)))");
	parses("1. a\n1. b\n1. c", "(ol (li (p a)) (li (p b)) (li (p c)))");
	parses("2. a\n5. b\n6. c", "(ol (li2 (p a)) (li5 (p b)) (li (p c)))");
	parses("1. a\n   - b\n- c", "(ol (li (p a) (ul (li (p b))))) (ul (li (p c)))");
	for (const text of ["-", "- ", "-a", "-5 degrees", "1.", "1.5 litres", "2026. A year", "– a"]) isText(text);
});

test("fenced code", () => {
	parses("```js\nlet **a** = `1`;\n\n  b\n```", "(fence js|let **a** = `1`;\n\n  b)");
	parses("a\n\n```\n> b\n```\nc", "(p a) (fence |> b) (p c)");
	parses("```const a = 1;\nb```", "(fence |const a = 1;\nb)");
	parses("> ```c++\n> a\n> ```", "(quote (fence c++|a))");
	parses("```\na\n```\n```\nb", "(fence |a) (p ```\nb)");
});

test("line breaks are kept, except empty lines beside other blocks", () => {
	for (const text of ["a\nb", "a\n\n\nb", "\na\n", "  a  b\tc "]) isText(text);
	parses("a\r\nb\rc", "(p a\nb\nc)");
	parses("\n\na\n\n- b\n\n\nc\n\n", "(p \n\na) (ul (li (p b))) (p c\n\n)");
});

test("mentions are the names of the message's people, whatever they consist of", () => {
	const people: Record<string, string> = {
		1: "Ada",
		2: "Ada Lovelace",
		3: "يوسف",
		4: "🌱 Noor",
		5: "snake_case_",
		6: "C",
	};
	const names = mentionNames([...Object.keys(people), "gone"], (id) => people[id]);
	const mentioned = (text: string) => written(parseMarkdown(text, names));
	assert.equal(mentioned("@Ada and @Ada Lovelace!"), "(p (mention @Ada) and (mention @Ada Lovelace)!)");
	assert.equal(mentioned("مرحبا @يوسف، @🌱 Noor"), "(p مرحبا (mention @يوسف)، (mention @🌱 Noor))");
	assert.equal(
		mentioned("**@snake_case_** (@C's) _@Ada_"),
		"(p (strong (mention @snake_case_)) ((mention @C)'s) (em (mention @Ada)))",
	);
	assert.equal(mentioned("*@Ada*@Ada"), "(p (em (mention @Ada))(mention @Ada))");
	for (const text of ["@Adam", "a@Ada", "@ada", "@Bob", "@", "@@", "@gone", "https://example.org/@Ada"])
		assert.doesNotMatch(mentioned(text), /mention/, text);
	for (const text of ["`@Ada`", "> @Ada", "```\n@Ada\n```", "> - @Ada"])
		assert.doesNotMatch(mentioned(text), /mention/, text);
	assert.match(mentioned("- @Ada"), /mention/);
});

test("a name that another name contains is found by the longest match", () => {
	const names = mentionNames(["1", "2"], (id) => (id === "1" ? "Ada" : "Ada B"));
	assert.equal(written(parseMarkdown("@Ada Bob @Ada B", names)), "(p (mention @Ada) Bob (mention @Ada B))");
});
