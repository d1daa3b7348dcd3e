import { isDeepStrictEqual } from "node:util";
import { REACTION_USERS } from "../../app/protocol/limits.ts";
import type { HistoryData, Message } from "../../app/protocol/message.ts";
import type { Reaction } from "../../app/protocol/reaction.ts";
import type { ComputedRoom } from "./computed-room.ts";

/** What the comparison of a user's state with the history found. */
export type Comparison = { compared: number; differing: number; sentences: string[] };

/** Compares a state with a page of the newest messages, which was read at the same head. */
export function compareStates(state: Pick<ComputedRoom, "messages" | "from">, page: HistoryData): Comparison {
	// Both have every message from here on.
	const from = Math.max(state.from, page.more ? (page.messages[0]?.seq ?? 0) : 0);
	const theirs = new Map(page.messages.filter(({ seq }) => seq >= from).map((message) => [message.seq, message]));
	const ours = new Map(state.messages.filter(({ seq }) => seq >= from).map((message) => [message.seq, message]));
	const seqs = new Set([...theirs.keys(), ...ours.keys()]);
	const sentences: string[] = [];
	for (const seq of seqs) {
		const difference = differenceOf(ours.get(seq), theirs.get(seq));
		if (difference !== undefined) sentences.push(`the message at seq ${seq} ${difference}`);
	}
	return { compared: seqs.size, differing: sentences.length, sentences };
}

function differenceOf(ours: Message | undefined, theirs: Message | undefined): string | undefined {
	if (!ours) return "is in the history, and the user has not received or has removed it";
	if (!theirs) return "is not in the history";
	const [computed, read] = [comparable(ours), comparable(theirs)];
	if (isDeepStrictEqual(computed, read)) return undefined;
	const names = [...new Set([...Object.keys(computed), ...Object.keys(read)])];
	const differing = names.filter((name) => !isDeepStrictEqual(computed[name], read[name]));
	return `differs from the history in ${differing.join(", ")}`;
}

/** Returns the message without what is not defined: the order of its reactions, and which people of many are named. */
function comparable({ reactions = [], ...message }: Message): Record<string, unknown> {
	const byEmoji = reactions.toSorted((a, b) => (a.emoji < b.emoji ? -1 : 1)).map(comparableReaction);
	return { ...message, reactions: byEmoji };
}

function comparableReaction({ users = [], count, ...reaction }: Reaction) {
	const names = count > REACTION_USERS ? [] : users.map(({ id, name }) => `${id} ${name}`).sort();
	return { ...reaction, count, names };
}
