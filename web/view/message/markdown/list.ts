import type { Taken } from "./parse-markdown.ts";
import type { Budget } from "./tree.ts";

type Item = { value?: number; lines: string[] };
type List = { ordered: boolean; items: Item[] };

/** A number has at most three digits: "2026. It was a good year." is text. */
const MARKER = /^( {0,3})(?:-|(\d{1,3})\.)[ \t]+(?=\S)/;
const INDENT = /^[ \t]*/;

/** Takes the items of a list that begins on the line `at`. Lines that are indented by two more belong to an item. */
export function takeList(lines: string[], at: number, budget: Budget): Taken<List> | undefined {
	const first = MARKER.exec(lines[at]!);
	if (first === null) return undefined;
	const ordered = first[2] !== undefined;
	const items: Item[] = [];
	let expected = 1;
	let end = at;
	while (end < lines.length && budget.nodes > 0) {
		const marker = MARKER.exec(lines[end]!);
		if (marker === null || (marker[2] !== undefined) !== ordered) break;
		budget.nodes--;
		const item: Item = { lines: [lines[end]!.slice(marker[0].length)] };
		// "1. 1. 1." counts, and "2. 5." keeps its numbers.
		const number = Number(marker[2]);
		if (ordered && (number > expected || (items.length === 0 && number !== 1))) item.value = number;
		expected = (item.value ?? expected) + 1;
		const [width, indent] = [marker[0].length, marker[1]!.length];
		for (end++; end < lines.length && isInside(lines[end]!, indent); end++) {
			item.lines.push(withoutIndent(lines[end]!, width));
		}
		items.push(item);
	}
	return items.length > 0 ? { end, value: { ordered, items } } : undefined;
}

function isInside(line: string, indent: number): boolean {
	const own = INDENT.exec(line)![0];
	return own.length < line.length && (own.includes("\t") || own.length >= indent + 2);
}

function withoutIndent(line: string, width: number): string {
	if (line.startsWith("\t")) return line.slice(1);
	return line.slice(Math.min(width, INDENT.exec(line)![0].length));
}
