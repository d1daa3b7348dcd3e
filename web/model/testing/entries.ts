import type { Entry } from "../../../app/protocol/log.ts";
import type { Message } from "../../../app/protocol/message.ts";
import type { User } from "../../../app/protocol/session.ts";

export const ADA_USER: User = { id: "ada", name: "ada" };
export const GRACE_USER: User = { id: "grace", name: "grace" };

export function makeMessage(
	seq: number,
	author: User = GRACE_USER,
	body = `${author.name} ${seq}`,
): Message & { kind: "message" } {
	return { kind: "message", seq, author, body, createdAt: seq };
}

export function makeRemoval(seq: number, target: number): Entry {
	return { kind: "removal", seq, target, createdAt: seq };
}

/** Returns messages with the seqs `from` to `to`, both included. */
export function makeMessages(from: number, to: number, author: User = GRACE_USER) {
	return Array.from({ length: to - from + 1 }, (_, index) => makeMessage(from + index, author));
}
