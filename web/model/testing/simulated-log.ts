import { JOIN_MESSAGES, MAX_PAGE } from "../../../app/protocol/limits.ts";
import type { Entry } from "../../../app/protocol/log.ts";
import type { Content, Message, SendData, SendPayload } from "../../../app/protocol/message.ts";
import type { Ack } from "../../../app/protocol/refusal.ts";
import type { JoinData, JoinPayload } from "../../../app/protocol/room.ts";
import type { User } from "../../../app/protocol/session.ts";

/** Longer absences start over. Small, so that short tests reach it. */
const RESUME_ENTRIES = 8;

/** A reference server for one room, without clocks and connections. */
export class SimulatedLog {
	readonly room: string;
	readonly epoch = "epoch-1";
	readonly entries: Entry[] = [];
	readonly #repeats = new Map<string, SendData>();

	constructor(room: string) {
		this.room = room;
	}

	get head(): number {
		return this.entries.length;
	}

	/** Every message in its current state, ascending. */
	get messages(): Message[] {
		return this.entries.flatMap((entry) => (entry.kind === "message" ? [entry] : []));
	}

	append(author: User, content: Content): Entry {
		const entry: Entry = { kind: "message", seq: this.head + 1, author, createdAt: this.head + 1, ...content };
		this.entries.push(entry);
		return entry;
	}

	remove(target: number): Entry {
		const createdAt = this.head + 1;
		this.entries[target - 1] = { kind: "erased", seq: target, createdAt: target };
		const entry: Entry = { kind: "removal", seq: this.head + 1, target, createdAt };
		this.entries.push(entry);
		return entry;
	}

	join({ after }: JoinPayload): JoinData {
		const { room, epoch, head: seq } = this;
		const presence = { count: 0, members: [], truncated: false };
		if (after?.epoch === epoch && seq - after.seq <= RESUME_ENTRIES) {
			return { room, epoch, seq, gap: false, entries: this.entries.slice(after.seq), presence };
		}
		return { room, epoch, seq, gap: after !== undefined, messages: this.messages.slice(-JOIN_MESSAGES), presence };
	}

	/** Returns the ack, and the entry unless the message was stored before (rule M2). */
	send(author: User, { clientId, room: _, ...content }: SendPayload): [Ack<SendData>, Entry | undefined] {
		const first = this.#repeats.get(author.id + clientId);
		if (first) return [{ ok: true, data: first }, undefined];
		const entry = this.append(author, content as Content);
		const data = { seq: entry.seq, createdAt: entry.createdAt };
		this.#repeats.set(author.id + clientId, data);
		return [{ ok: true, data }, entry];
	}

	since(after: number): { entries: Entry[]; more: boolean } {
		const entries = this.entries.slice(after, after + MAX_PAGE);
		return { entries, more: after + entries.length < this.head };
	}

	history({ before, after }: { before?: number; after?: number }): { messages: Message[]; more: boolean } {
		const matching = this.messages.filter(
			({ seq }) => seq < (before ?? Number.POSITIVE_INFINITY) && seq > (after ?? 0),
		);
		const messages = after === undefined ? matching.slice(-MAX_PAGE) : matching.slice(0, MAX_PAGE);
		return { messages, more: messages.length < matching.length };
	}
}
