import { linkify } from "../linkify.ts";
import { findCodeSpans } from "./code-spans.ts";
import { EmphasisStack } from "./emphasis.ts";
import { type MentionNames, matchMention } from "./mention-names.ts";
import type { Budget, Inline } from "./tree.ts";

/** What ends a stretch of text: a run of marks, an "@", or an empty line, which ends what is open. */
const SPECIAL = /\*+|_+|~+|@|\n[ \t]*\n/g;

/** Parses the lines of a paragraph. Code comes first, then links, then mentions and emphasis. */
export function parseInline(text: string, mentions: MentionNames | undefined, budget: Budget): Inline[] {
	const stack = new EmphasisStack(budget);
	let end = 0;
	for (const span of findCodeSpans(text)) {
		if (budget.nodes-- <= 0) break;
		parseLinks(text, end, span.start, mentions, budget, stack);
		stack.push({ kind: "code", text: span.text });
		end = span.end;
	}
	parseLinks(text, end, text.length, mentions, budget, stack);
	return joinTexts(stack.nodes);
}

function parseLinks(
	text: string,
	start: number,
	end: number,
	mentions: MentionNames | undefined,
	budget: Budget,
	stack: EmphasisStack,
): void {
	let at = start;
	for (const part of linkify(text.slice(start, end))) {
		const partEnd = at + part.text.length;
		if (part.href !== undefined && budget.nodes-- > 0) stack.push({ kind: "link", text: part.text, href: part.href });
		else parseMarks(text, at, partEnd, mentions, budget, stack);
		at = partEnd;
	}
}

function parseMarks(
	text: string,
	start: number,
	end: number,
	mentions: MentionNames | undefined,
	budget: Budget,
	stack: EmphasisStack,
): void {
	let at = start;
	// The part alone is searched: without a mark in it, the search would reach the end of the text for every part.
	const part = text.slice(start, end);
	SPECIAL.lastIndex = 0;
	for (let match = SPECIAL.exec(part); match !== null; match = SPECIAL.exec(part)) {
		const [special] = match;
		const index = start + match.index;
		if (special[0] === "\n") {
			stack.reset();
			// The second line break may begin another empty line.
			SPECIAL.lastIndex--;
			continue;
		}
		if (special !== "@") {
			stack.push(text.slice(at, index));
			at = index + special.length;
			stack.handle(text, index, at);
			continue;
		}
		const mention = mentions && matchMention(mentions, text, index);
		if (!mention || mention.end > end || budget.nodes-- <= 0) continue;
		stack.push(text.slice(at, index));
		stack.push({ kind: "mention", text: text.slice(index, mention.end), id: mention.id });
		at = mention.end;
		SPECIAL.lastIndex = at - start;
	}
	stack.push(text.slice(at, end));
}

/** Makes one text of those beside each other. */
function joinTexts(nodes: Inline[]): Inline[] {
	const joined: Inline[] = [];
	let texts: string[] = [];
	const flush = () => {
		if (texts.length > 0) joined.push(texts.join(""));
		texts = [];
	};
	for (const node of nodes) {
		if (typeof node === "string") {
			texts.push(node);
			continue;
		}
		flush();
		joined.push("children" in node ? { kind: node.kind, children: joinTexts(node.children) } : node);
	}
	flush();
	return joined;
}
