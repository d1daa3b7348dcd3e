import type { SearchHit } from "../../protocol/search.ts";
import type { User } from "../../protocol/session.ts";
import { fold, foldWithOffsets } from "./fold.ts";
import type { SearchQuery, Term } from "./query.ts";
import { type Segment, segmentsOf } from "./segments.ts";
import { contentsOf, type Searched } from "./tokens.ts";

/** What is compared of a message. */
export type Matched = Searched & { author: User; createdAt: number };

type Range = [start: number, end: number];

/** Returns the parts of a message's text that match a search, or undefined if the message does not match. */
export function matchOf(message: Matched, query: SearchQuery): SearchHit["ranges"] | undefined {
	if (!matchesFilters(message, query)) return undefined;
	const { folded, at } = foldWithOffsets(message.body ?? "");
	const segments = segmentsOf(folded);
	const found: Range[] = [];
	for (const term of query.terms) {
		const ranges = rangesOf(term, segments);
		if (ranges.length === 0) return undefined;
		found.push(...ranges);
	}
	return merged(found.map(([start, end]) => [at(start), at(end)]));
}

function matchesFilters(message: Matched, { from, before, after, has }: SearchQuery): boolean {
	const { author, createdAt } = message;
	return (
		(from === undefined || fold(author.name) === from || fold(author.id) === from) &&
		(before === undefined || createdAt < before) &&
		(after === undefined || createdAt >= after) &&
		(has === undefined || contentsOf(message).includes(has))
	);
}

function rangesOf({ segments: [first, ...rest], isPhrase }: Term, segments: readonly Segment[]): Range[] {
	if (!isPhrase) return segments.flatMap((segment) => occurrences(first!, segment, false));
	return segments.flatMap((segment, index) => {
		const starts = occurrences(first!, segment, true);
		const follow = rest.map((part, place) => {
			const next = segments[index + 1 + place];
			return next && occurrences(part, next, true)[0];
		});
		if (starts.length === 0 || follow.includes(undefined)) return [];
		return [[starts[0]![0], follow.at(-1)?.[1] ?? starts[0]![1]] as Range];
	});
}

/** Returns where a part of a search occurs in a segment. A whole word equals it; otherwise it begins with it. */
function occurrences(part: Segment, { text, isRun, start, end }: Segment, isWhole: boolean): Range[] {
	if (part.isRun !== isRun) return [];
	if (!isRun) {
		const isShort = part.text.length === 1;
		const fits = isWhole || isShort ? text === part.text : text.startsWith(part.text);
		return fits ? [[start, isWhole ? end : start + part.text.length]] : [];
	}
	const ranges: Range[] = [];
	for (let index = text.indexOf(part.text); index !== -1; index = text.indexOf(part.text, index + part.text.length))
		ranges.push([start + index, start + index + part.text.length]);
	return ranges;
}

/** Returns the ranges in order, overlapping ones as one. */
function merged(ranges: Range[]): Range[] {
	const result: Range[] = [];
	for (const range of ranges.sort(([a], [b]) => a - b)) {
		const last = result.at(-1);
		if (last && range[0] <= last[1]) last[1] = Math.max(last[1], range[1]);
		else result.push(range);
	}
	return result;
}
