import { initialMessage } from "../../../app/protocol/apply-entry.ts";
import type { Entry } from "../../../app/protocol/log.ts";
import type { HistoryData, Message } from "../../../app/protocol/message.ts";
import type { User } from "../../../app/protocol/session.ts";

export const ADA_USER: User = { id: "ada", name: "ada" };
export const GRACE_USER: User = { id: "grace", name: "grace" };

/** Both an entry of the log and the state of a message that nothing has changed. */
type MessageEntry = Message & { kind: "message" };
type References = { reply?: number; root?: number; mentions?: string[] };

export function makeMessage(
	seq: number,
	author: User = GRACE_USER,
	body = `${author.name} ${seq}`,
	references: References = {},
): MessageEntry {
	return { kind: "message", seq, rev: seq, author, body, createdAt: seq, ...references };
}

/** Returns messages with the seqs `from` to `to`, both included. */
export function makeMessages(from: number, to: number, author: User = GRACE_USER): MessageEntry[] {
	return Array.from({ length: to - from + 1 }, (_, index) => makeMessage(from + index, author));
}

/** Returns messages that nothing has changed, with the seqs `from` to `to`. */
export function makeStates(from: number, to: number, author: User = GRACE_USER): Message[] {
	return makeMessages(from, to, author).map(initialMessage);
}

/** Returns a page that was read at the head `seq`. */
export function makePage(messages: Message[], more: boolean, seq = 0): HistoryData {
	return { messages, more, seq };
}

export function makeRemoval(seq: number, target: number, root?: number): Entry {
	return { kind: "removal", seq, target, createdAt: seq, ...(root !== undefined && { root }) };
}

export function makeEdit(
	seq: number,
	target: number,
	body: string,
	mentions?: string[],
	author: User = GRACE_USER,
): Entry {
	return { kind: "edit", seq, target, author, body, createdAt: seq, ...(mentions && { mentions }) };
}

export function makeReaction(seq: number, target: number, user: User, emoji = "👍", on = true): Entry {
	return { kind: "reaction", seq, target, user, emoji, on, createdAt: seq };
}

export function makePin(seq: number, target: number, on = true): Entry {
	return { kind: "pin", seq, target, user: GRACE_USER, on, createdAt: seq };
}
