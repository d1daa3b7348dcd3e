import { EVERYBODY_MEMBERS, MAX_MENTIONS } from "../../app/protocol/limits.ts";
import { EVERYBODY } from "../../app/protocol/message.ts";
import type { User } from "../../app/protocol/session.ts";

const MAX_SUGGESTIONS = 20;

type Mentionable = {
	/** The people in the room. */
	present: readonly User[];
	/** Their number, of which `present` may be a part. */
	count: number;
	/** Authors of messages, the most recent first. */
	authors: readonly User[];
	/** The signed-in user, who is not suggested. */
	me: User;
};

/**
 * Returns the people whose name contains a word that the query begins, those in the room first. The mention of everybody,
 * with the id EVERYBODY, is the last one, in rooms that are small enough for it. Case and accents make no difference.
 */
export function mentionable(query: string, { present, count, authors, me }: Mentionable): User[] {
	const folded = fold(query.trim());
	const found = new Map<string, User>();
	const names = new Set([fold(me.name)]);
	for (const user of [...present, ...authors]) {
		const name = fold(user.name);
		// Of several users of one name, the one who is present has it now.
		if (user.id === me.id || found.has(user.id) || names.has(name) || !hasWordPrefix(name, folded)) continue;
		found.set(user.id, user);
		names.add(name);
	}
	const suggested = [...found.values()].slice(0, MAX_SUGGESTIONS);
	const everybody = { id: EVERYBODY, name: EVERYBODY };
	return count <= EVERYBODY_MEMBERS && hasWordPrefix(EVERYBODY, folded) ? [...suggested, everybody] : suggested;
}

/** Returns the ids of those chosen people whose "@Name" stands in the text, outside code and quotes. */
export function mentionsIn(text: string, chosen: readonly User[]): string[] {
	const names = chosen
		.map(({ id, name }) => ({ id, name: name.normalize("NFC") }))
		// The longest first, so that "@Ada Lovelace" does not mention Ada.
		.sort((a, b) => b.name.length - a.name.length);
	const visible = withoutCodeAndQuotes(text.normalize("NFC"));
	const ids = new Set<string>();
	for (let at = visible.indexOf("@"); at !== -1; at = visible.indexOf("@", at + 1)) {
		if (isWordBefore(visible, at)) continue;
		const named = names.find(
			({ name }) => visible.startsWith(name, at + 1) && !isWordAt(visible, at + 1 + name.length),
		);
		if (named) ids.add(named.id);
	}
	return [...ids].slice(0, MAX_MENTIONS);
}

/** Whether mentions include the user, or everybody. */
export function isMentioned(user: string, ids: readonly string[] | undefined): boolean {
	return ids?.some((id) => id === user || id === EVERYBODY) ?? false;
}

/** Returns the text in lower case, without accents. */
function fold(text: string): string {
	return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
}

/** Whether the prefix begins at one of the words of the name. */
function hasWordPrefix(name: string, prefix: string): boolean {
	if (name.startsWith(prefix)) return true;
	return [...name.matchAll(/[\s\p{P}]+/gu)].some(({ 0: gap, index }) => name.startsWith(prefix, index + gap.length));
}

const WORD = /[\p{L}\p{N}\p{M}_]/u;

function isWordAt(text: string, index: number): boolean {
	const code = text.codePointAt(index);
	return code !== undefined && WORD.test(String.fromCodePoint(code));
}

function isWordBefore(text: string, index: number): boolean {
	const isLow = /[\udc00-\udfff]/.test(text[index - 1] ?? "");
	return isWordAt(text, index - (isLow ? 2 : 1));
}

/** Returns the text without fenced code, code in lines and quoted lines. What is not closed is text. */
function withoutCodeAndQuotes(text: string): string {
	const lines = text.split("\n");
	const fences = lines.flatMap((line, index) => (/^ {0,3}```/.test(line) ? [index] : []));
	const kept: string[] = [];
	let next = 0;
	for (let fence = 0; fence + 1 < fences.length; fence += 2) {
		kept.push(...lines.slice(next, fences[fence]), "");
		next = fences[fence + 1]! + 1;
	}
	kept.push(...lines.slice(next));
	const unquoted = kept.filter((line) => !/^ {0,3}>/.test(line)).join("\n");
	return withoutInlineCode(unquoted);
}

/** Drops what stands between two runs of backticks of the same length. */
function withoutInlineCode(text: string): string {
	const runs = [...text.matchAll(/`+/g)].map(({ 0: { length }, index }) => ({ length, index }));
	/** For each run, the number of the next one of its length. */
	const closing: (number | undefined)[] = [];
	const latest = new Map<number, number>();
	for (let run = runs.length - 1; run >= 0; run--) {
		const { length } = runs[run]!;
		closing[run] = latest.get(length);
		latest.set(length, run);
	}
	let result = "";
	let position = 0;
	for (let run = 0; run < runs.length; run++) {
		const end = closing[run];
		if (end === undefined) continue;
		result += `${text.slice(position, runs[run]!.index)} `;
		position = runs[end]!.index + runs[end]!.length;
		run = end;
	}
	return result + text.slice(position);
}
