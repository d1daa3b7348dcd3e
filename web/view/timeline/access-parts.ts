import type { User } from "../../../app/protocol/session.ts";
import type { AccessEntry } from "../../model/item.ts";

/** A sentence in parts, of which those that people have written stay objects. */
export type Sentence = (string | { name: string })[];

/** Returns the sentences of consecutive entries, such as "Ada added Bob and Eve". `me` is the id of the reader. */
export function accessParts(entries: readonly AccessEntry[], me: string): Sentence[] {
	const sentences: Sentence[] = [];
	/** People to whom the same was done by the same user. */
	let group: (AccessEntry & { kind: "member" })[] = [];
	const end = () => {
		if (group[0]) sentences.push(membersPart(group, me));
		group = [];
	};
	for (const entry of entries) {
		const last = group.at(-1);
		if (entry.kind === "room") {
			end();
			for (const change of changesOf(entry)) sentences.push([nameOf(entry.by, me, true), " ", ...change]);
			continue;
		}
		if (last && (last.by.id !== entry.by.id || last.role !== entry.role || isLeave(entry))) end();
		group.push(entry);
		if (isLeave(entry)) end();
	}
	end();
	return sentences;
}

/** Returns the sentences of one entry as a text, for screen readers. */
export function accessSentence(entry: AccessEntry, me: string): string {
	return accessParts([entry], me)
		.map((parts) => `${textOf(parts)}.`)
		.join(" ");
}

/** Returns a sentence as a text. */
export function textOf(parts: Sentence): string {
	return parts.map((part) => (typeof part === "string" ? part : part.name)).join("");
}

/** Whether a member has left by themselves. */
function isLeave({ by, user, role }: AccessEntry & { kind: "member" }): boolean {
	return role === undefined && user.id === by.id;
}

function membersPart(entries: readonly (AccessEntry & { kind: "member" })[], me: string): Sentence {
	const [first] = entries;
	const who = nameOf(first!.by, me, true);
	const users = listOf(
		entries.map(({ user }) => user),
		me,
	);
	if (isLeave(first!)) return [who, " left the room"];
	if (first!.role === "owner") return [who, " made ", ...users, entries.length === 1 ? " an owner" : " owners"];
	return [who, first!.role === "member" ? " added " : " removed ", ...users];
}

function nameOf(user: User, me: string, begins = false): string | User {
	if (user.id !== me) return user;
	return begins ? "You" : "you";
}

/** Returns the parts of "Bob", "Bob and Eve" or "Bob and 11 others". */
function listOf([first, second, ...others]: readonly User[], me: string): Sentence {
	if (first === undefined) return [];
	if (second === undefined) return [nameOf(first, me)];
	if (others.length === 0) return [nameOf(first, me), " and ", nameOf(second, me)];
	return [nameOf(first, me), ` and ${others.length + 1} others`];
}

function changesOf({ title, topic, history }: AccessEntry & { kind: "room" }): Sentence[] {
	const changes: Sentence[] = [];
	if (title !== undefined) changes.push(["named the room ", { name: title }]);
	if (topic) changes.push(["set the topic: ", { name: topic }]);
	if (topic === "") changes.push(["removed the topic"]);
	if (history === true) changes.push(["lets new members see earlier messages"]);
	if (history === false) changes.push(["hides earlier messages from new members"]);
	return changes;
}
