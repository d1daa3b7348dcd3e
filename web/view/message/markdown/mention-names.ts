/** The names that a message may mention, in a tree of characters. */
export type MentionNames = { id?: string; next: Map<number, MentionNames> };

export type MentionMatch = { id: string; end: number };

const WORD = /[\p{L}\p{N}\p{M}]/u;

/** Returns undefined if no id has a name. */
export function mentionNames(
	ids: readonly string[],
	nameOf: (id: string) => string | undefined,
): MentionNames | undefined {
	const names: MentionNames = { next: new Map() };
	for (const id of ids) {
		const name = nameOf(id);
		if (!name) continue;
		let node = names;
		for (const unit of codeUnits(name)) {
			const next = node.next.get(unit) ?? { next: new Map() };
			node.next.set(unit, next);
			node = next;
		}
		node.id ??= id;
	}
	return names.next.size > 0 ? names : undefined;
}

/**
 * Finds the longest name after the "@" at `at`. A name ends where a word ends: "@Adam" does not mention Ada. Visits at most
 * as many characters as the longest name has.
 */
export function matchMention(names: MentionNames, text: string, at: number): MentionMatch | undefined {
	if (at > 0 && WORD.test(text[at - 1]!)) return undefined;
	let found: MentionMatch | undefined;
	let node: MentionNames | undefined = names;
	for (let end = at + 1; node !== undefined; end++) {
		if (node.id !== undefined && endsWord(text, end)) found = { id: node.id, end };
		node = node.next.get(text.charCodeAt(end));
	}
	return found;
}

/** Whether the character at `end` does not continue the word before it. */
function endsWord(text: string, end: number): boolean {
	if (end >= text.length) return true;
	return !(WORD.test(text[end - 1]!) && WORD.test(text[end]!));
}

function codeUnits(text: string): number[] {
	return Array.from({ length: text.length }, (_, index) => text.charCodeAt(index));
}
