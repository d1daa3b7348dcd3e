import { JOIN_MESSAGES, MAX_PAGE, MAX_PINS, REACTION_KINDS, REACTION_USERS } from "../../../app/protocol/limits.ts";
import type { Entry, SinceData } from "../../../app/protocol/log.ts";
import type {
	AroundData,
	AroundPayload,
	Content,
	HistoryData,
	HistoryPayload,
	Message,
	SendData,
	SentMessage,
} from "../../../app/protocol/message.ts";
import type { Ack, ErrorCode } from "../../../app/protocol/refusal.ts";
import type { JoinData, JoinPayload } from "../../../app/protocol/room.ts";
import type { User } from "../../../app/protocol/session.ts";
import type { OutboxRequest } from "../outbox-request.ts";

/** Longer absences start over. Small, so that short tests reach it. */
const RESUME_ENTRIES = 8;

/** A message as the server has it. */
type Stored = {
	sent: SentMessage;
	rev: number;
	editedAt?: number;
	isPinned: boolean;
	/** By emoji. */
	reactions: Map<string, User[]>;
};

/** The ack of a request, and the entry that was appended. */
type Outcome = [ack: Ack<SendData>, entry?: Entry];
type References = { reply?: number; mentions?: string[] };
type NewEntry = Entry extends infer E ? (E extends Entry ? Omit<E, "seq" | "createdAt"> : never) : never;

/** A reference server for one room, without clocks and connections. It shares no code with the model. */
export class SimulatedLog {
	readonly room: string;
	readonly epoch = "epoch-1";
	readonly entries: Entry[] = [];
	/** Replaces the length of a page of history. */
	pageSize = MAX_PAGE;
	readonly #stored = new Map<number, Stored>();
	/** Read marks by the ids of users. */
	readonly marks = new Map<string, number>();
	readonly #repeats = new Map<string, SendData>();

	constructor(room: string) {
		this.room = room;
	}

	get head(): number {
		return this.entries.length;
	}

	/** Every message in its current state, ascending, without a viewer. */
	get messages(): Message[] {
		return this.messagesFor("");
	}

	/** Every message in its current state, ascending, as the user with this id sees it. */
	messagesFor(viewer: string): Message[] {
		const replies = Map.groupBy(this.#stored.values(), ({ sent }) => sent.root);
		return [...this.#stored.values()].map(({ sent, rev, editedAt, isPinned, reactions }) => ({
			...sent,
			rev,
			...(editedAt !== undefined && { editedAt }),
			...(isPinned && { pinned: true }),
			...(replies.has(sent.seq) && { replies: replies.get(sent.seq)!.length }),
			...(reactions.size > 0 && {
				reactions: [...reactions].map(([emoji, users]) => ({
					emoji,
					count: users.length,
					users: users.slice(0, REACTION_USERS),
					...(users.some(({ id }) => id === viewer) && { mine: true as const }),
				})),
			}),
		}));
	}

	append(author: User, content: Content, { reply, mentions }: References = {}): Entry {
		const root = reply === undefined ? undefined : (this.#stored.get(reply)?.sent.root ?? reply);
		const references = { ...(reply !== undefined && { reply, root: root! }), ...(mentions && { mentions }) };
		const entry = this.#push({ kind: "message", author, ...content, ...references });
		const { kind: _, ...sent } = entry as Extract<Entry, { kind: "message" }>;
		this.#stored.set(entry.seq, { sent, rev: entry.seq, isPinned: false, reactions: new Map() });
		if (root !== undefined) this.#touch(root);
		return entry;
	}

	/** The text lives in one entry: the message's. A former edit is erased. */
	edit(author: User, target: number, body: string, mentions?: string[]): Entry {
		const message = this.#stored.get(target)!;
		const { mentions: _, ...rest } = message.sent;
		message.sent = { ...rest, body, location: undefined, ...(mentions && { mentions }) } as SentMessage;
		delete message.sent.location;
		this.entries[target - 1] = { kind: "message", ...message.sent };
		this.#erase((entry) => entry.kind === "edit" && entry.target === target);
		const entry = this.#push({ kind: "edit", target, author, body, ...(mentions && { mentions }) });
		message.editedAt = entry.createdAt;
		this.#touch(target);
		return entry;
	}

	react(user: User, target: number, emoji: string, on: boolean): Entry {
		const { reactions } = this.#stored.get(target)!;
		const others = (reactions.get(emoji) ?? []).filter(({ id }) => id !== user.id);
		if (on) reactions.set(emoji, [...others, user]);
		else if (others.length > 0) reactions.set(emoji, others);
		else reactions.delete(emoji);
		const entry = this.#push({ kind: "reaction", target, user, emoji, on });
		this.#touch(target);
		return entry;
	}

	pin(user: User, target: number, on: boolean): Entry {
		this.#stored.get(target)!.isPinned = on;
		const entry = this.#push({ kind: "pin", target, user, on });
		this.#touch(target);
		return entry;
	}

	remove(target: number, by?: User): Entry {
		const { root } = this.#stored.get(target)!.sent;
		this.#stored.delete(target);
		this.#erase((entry) => entry.seq === target || ("target" in entry && entry.target === target));
		const entry = this.#push({ kind: "removal", target, ...(by && { by }), ...(root !== undefined && { root }) });
		if (root !== undefined) this.#touch(root);
		return entry;
	}

	/** Handles a request of the outbox. A repeat gets the first one's ack and appends nothing (rule M2). */
	handle(user: User, request: OutboxRequest): Outcome {
		const id = user.id + request.payload.clientId;
		const first = this.#repeats.get(id);
		if (first) return [{ ok: true, data: first }];
		const outcome = this.#handleFirst(user, request);
		if (outcome[0].ok) this.#repeats.set(id, outcome[0].data);
		return outcome;
	}

	join({ after }: JoinPayload, viewer = ""): JoinData {
		const { room, epoch, head: seq } = this;
		const mark = this.marks.get(viewer);
		const read = mark === undefined ? {} : { read: mark };
		const presence = { count: 0, members: [], truncated: false };
		if (after?.epoch === epoch && seq - after.seq <= RESUME_ENTRIES) {
			return { room, epoch, seq, gap: false, entries: this.entries.slice(after.seq), presence, ...read };
		}
		const messages = this.messagesFor(viewer).slice(-JOIN_MESSAGES);
		return { room, epoch, seq, gap: after !== undefined, messages, presence, ...read };
	}

	/** Moves the mark of a user. Returns whether that has an effect. */
	moveMark(user: string, seq: number, back = false): boolean {
		if (!back && seq <= (this.marks.get(user) ?? -1)) return false;
		this.marks.set(user, seq);
		return true;
	}

	since(after: number): SinceData {
		const entries = this.entries.slice(after, after + MAX_PAGE);
		return { entries, more: after + entries.length < this.head };
	}

	history({ before, after, root, pinned, limit }: Omit<HistoryPayload, "room">, viewer = ""): HistoryData {
		const size = limit ?? this.pageSize;
		const matching = this.messagesFor(viewer).filter(
			(message) =>
				message.seq < (before ?? Number.POSITIVE_INFINITY) &&
				message.seq > (after ?? 0) &&
				(root === undefined || message.seq === root || message.root === root) &&
				(!pinned || message.pinned),
		);
		const messages = after === undefined ? matching.slice(-size) : matching.slice(0, size);
		return { messages, more: messages.length < matching.length, seq: this.head };
	}

	around({ limit = this.pageSize, ...position }: Omit<AroundPayload, "room">, viewer = ""): Ack<AroundData> {
		const all = this.messagesFor(viewer);
		const { seq, at } = position as { seq?: number; at?: number };
		const found = all.findIndex((message) => (seq === undefined ? message.createdAt >= at! : message.seq === seq));
		if (found === -1 && seq !== undefined) return refuse("not_found", "seq");
		const index = found === -1 ? all.length - 1 : found;
		const start = Math.max(0, index - Math.floor((limit - 1) / 2));
		const messages = all.slice(start, start + limit);
		return {
			ok: true,
			data: { messages, more: start > 0, moreAfter: start + limit < all.length, seq: this.head },
		};
	}

	#handleFirst(user: User, { event, payload }: OutboxRequest): Outcome {
		if (event === "message:send") {
			const { clientId: _, room: __, reply, mentions, ...content } = payload;
			if (reply !== undefined && !this.#stored.has(reply)) return [refuse("not_found", "reply")];
			const references = { ...(reply !== undefined && { reply }), ...(mentions && { mentions }) };
			return accept(this.append(user, content as Content, references));
		}
		const { target } = payload;
		const message = this.#stored.get(target);
		if (!message) return [refuse("not_found", "target")];
		const unchanged: Outcome = [{ ok: true, data: { seq: message.rev, createdAt: message.rev } }];
		switch (event) {
			case "message:edit":
				if (message.sent.author.id !== user.id) return [refuse("forbidden")];
				if (message.sent.body === payload.body) return unchanged;
				return accept(this.edit(user, target, payload.body, payload.mentions));
			case "message:remove":
				if (message.sent.author.id !== user.id) return [refuse("forbidden")];
				return accept(this.remove(target, user));
			case "reaction:set": {
				const { emoji, on } = payload;
				const known = message.reactions.get(emoji);
				if ((known?.some(({ id }) => id === user.id) ?? false) === on) return unchanged;
				if (!known && message.reactions.size >= REACTION_KINDS) return [refuse("bad_request")];
				return accept(this.react(user, target, emoji, on));
			}
			case "pin:set":
				if (message.isPinned === payload.on) return unchanged;
				if (payload.on && this.messages.filter(({ pinned }) => pinned).length >= MAX_PINS)
					return [refuse("bad_request")];
				return accept(this.pin(user, target, payload.on));
		}
	}

	#push(entry: NewEntry): Entry {
		const seq = this.head + 1;
		const appended = { ...entry, seq, createdAt: seq } as Entry;
		this.entries.push(appended);
		return appended;
	}

	/** Records that the newest entry has changed the message. */
	#touch(target: number): void {
		const message = this.#stored.get(target);
		if (message) message.rev = this.head;
	}

	#erase(isErased: (entry: Entry) => boolean): void {
		for (const [index, entry] of this.entries.entries()) {
			if (isErased(entry)) this.entries[index] = { kind: "erased", seq: entry.seq, createdAt: entry.createdAt };
		}
	}
}

function accept(entry: Entry): Outcome {
	return [{ ok: true, data: { seq: entry.seq, createdAt: entry.createdAt } }, entry];
}

function refuse(code: ErrorCode, field?: string): Ack<never> {
	return { ok: false, error: { code, message: "No.", retryable: false, ...(field !== undefined && { field }) } };
}
