import { takeFence } from "./fence.ts";
import { takeList } from "./list.ts";
import type { MentionNames } from "./mention-names.ts";
import { parseInline } from "./parse-inline.ts";
import { takeQuote } from "./quote.ts";
import type { Block, Budget } from "./tree.ts";

/** Quotes and lists in each other. Deeper ones are text. */
const MAX_DEPTH = 4;
/** Nodes that one message is drawn with. The rest of it is text. */
const MAX_NODES = 600;
/** Nodes that a block of code counts for, with its header. */
const CODE_NODES = 10;

/** The lines of a message or of a block in it, and how they are parsed. */
type Container = { lines: string[]; mentions: MentionNames | undefined; budget: Budget; depth: number };

/** What a kind of block takes from the lines, up to the line `end`. */
export type Taken<T> = { end: number; value: T };

/**
 * Parses the Markdown of messages: bold, italic, strike, code, quotes, lists, links and mentions. Everything else, and what
 * is not closed, is text, which keeps line breaks. Takes time in proportion to the text, whatever it is.
 */
export function parseMarkdown(text: string, mentions?: MentionNames): Block[] {
	const budget = { nodes: MAX_NODES };
	return parseBlocks({ lines: text.split(/\r\n|\r|\n/), mentions, budget, depth: 0 });
}

function parseBlocks(container: Container): Block[] {
	const { lines, mentions, budget } = container;
	const blocks: Block[] = [];
	let hasFences = true;
	let paragraph: string[] = [];
	const endParagraph = (isLast: boolean) => {
		const kept = withoutBlankEdges(paragraph, blocks.length > 0, !isLast);
		if (kept.length > 0) blocks.push({ kind: "paragraph", children: parseInline(kept.join("\n"), mentions, budget) });
		paragraph = [];
	};
	for (let at = 0; at < lines.length; ) {
		const fence = budget.nodes > 0 && hasFences ? takeFence(lines, at) : undefined;
		// A fence that no line closes: none of the later ones is closed either.
		if (fence === "unclosed") hasFences = false;
		const taken = fence === undefined || fence === "unclosed" ? takeContainer(container, at) : fence;
		if (taken === undefined) {
			paragraph.push(lines[at]!);
			at++;
			continue;
		}
		budget.nodes -= taken.value.kind === "code" ? CODE_NODES : 1;
		endParagraph(false);
		blocks.push(taken.value);
		at = taken.end;
	}
	endParagraph(true);
	return blocks;
}

function takeContainer({ lines, mentions, budget, depth }: Container, at: number): Taken<Block> | undefined {
	if (depth >= MAX_DEPTH || budget.nodes <= 0) return undefined;
	const inside = (lines: string[], mentions: MentionNames | undefined) =>
		parseBlocks({ lines, mentions, budget, depth: depth + 1 });

	const quote = takeQuote(lines, at);
	// What is quoted mentions nobody again.
	if (quote) return { end: quote.end, value: { kind: "quote", children: inside(quote.value, undefined) } };
	const list = takeList(lines, at, budget);
	if (list === undefined) return undefined;
	const { ordered, items } = list.value;
	const parsed = items.map(({ lines, ...value }) => ({ ...value, children: inside(lines, mentions) }));
	return { end: list.end, value: { kind: "list", ordered, items: parsed } };
}

/** Empty lines beside another block would add to the distance from it. */
function withoutBlankEdges(lines: string[], atStart: boolean, atEnd: boolean): string[] {
	let [start, end] = [0, lines.length];
	if (atStart) while (start < end && lines[start]!.trim() === "") start++;
	if (atEnd) while (end > start && lines[end - 1]!.trim() === "") end--;
	return lines.slice(start, end);
}
