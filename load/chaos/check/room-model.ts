import type { SentCommand, StoredEntry, UserHistory } from "./history.ts";

/** A message as the log makes it. */
export type ModelMessage = {
	seq: number;
	author: string;
	createdAt: number;
	reply: number | undefined;
	root: number | undefined;
	/** The seq of the entry that has the text: the message itself or an edit. */
	text: number;
	editedAt: number | undefined;
	isPinned: boolean;
	replies: number;
	/** The ids of the users who react, by emoji. */
	reactions: ReadonlyMap<string, ReadonlySet<string>>;
};

/** A message from the entry `rev` on; undefined once it is removed. */
export type Version = { rev: number; message: ModelMessage | undefined };

/**
 * What a room's log means: every state of every message, computed from the rows of the store, without any code of the
 * server. Texts that the store has erased are known from those who sent them.
 */
export class RoomModel {
	readonly head: number;
	readonly entries: ReadonlyMap<number, StoredEntry>;
	/** By the message's seq, ascending. */
	readonly versions = new Map<number, Version[]>();
	/** The seqs of all messages, ascending. */
	readonly messages: readonly number[];
	/** The seq of the edit or removal by which the text of an entry was erased. */
	readonly erasedBy = new Map<number, number>();
	/** By author and `clientId`. */
	readonly #sent = new Map<string, SentCommand>();

	constructor(stored: readonly StoredEntry[], histories: readonly UserHistory[]) {
		this.head = stored.at(-1)?.seq ?? 0;
		this.entries = new Map(stored.map((entry) => [entry.seq, entry]));
		for (const { user, sent } of histories)
			for (const command of sent) this.#sent.set(`${user} ${command.clientId}`, command);
		for (const entry of stored) this.#apply(entry);
		this.messages = [...this.versions.keys()];
	}

	/** Returns what its author sent; undefined for an entry of somebody else. */
	sentAs({ author, clientId }: StoredEntry): SentCommand | undefined {
		return this.#sent.get(`${author} ${clientId}`);
	}

	/** Returns the text with which an entry was appended; undefined if nobody knows it any more. */
	textOf(entry: StoredEntry): string | undefined {
		const command = this.sentAs(entry)?.command;
		if (command !== undefined) return "body" in command ? command.body : undefined;
		return this.erasedBy.has(entry.seq) ? undefined : (entry.body ?? undefined);
	}

	/** Returns the newest version of a message; undefined for an entry that is none. */
	newest(message: number): Version | undefined {
		return this.versions.get(message)?.at(-1);
	}

	/** Returns the index in {@link messages} of the first one from `seq` on. */
	firstFrom(seq: number): number {
		let [low, high] = [0, this.messages.length];
		while (low < high) {
			const middle = (low + high) >> 1;
			if (this.messages[middle]! < seq) low = middle + 1;
			else high = middle;
		}
		return low;
	}

	#apply(entry: StoredEntry): void {
		const { seq, createdAt, target } = entry;
		const kind = appendedKind(entry);
		if (kind === "message") this.#append(entry);
		const message = target === null ? undefined : this.newest(target)?.message;
		if (message === undefined) return;
		const change = (to: Partial<ModelMessage>) => this.#push(message.seq, seq, { ...message, ...to });
		if (kind === "edit") {
			this.erasedBy.set(message.text, seq);
			change({ text: seq, editedAt: createdAt });
		} else if (kind === "reaction") change({ reactions: withReaction(message.reactions, entry) });
		else if (kind === "pin") change({ isPinned: Boolean(entry.isOn) });
		else if (kind === "removal") {
			this.erasedBy.set(message.text, seq);
			this.#push(message.seq, seq, undefined);
			this.#addReplies(message.root, seq, -1);
		}
	}

	#append({ seq, author, createdAt, reply, root }: StoredEntry): void {
		const message: ModelMessage = {
			seq,
			author: author ?? "",
			createdAt,
			reply: reply ?? undefined,
			root: root ?? undefined,
			text: seq,
			editedAt: undefined,
			isPinned: false,
			replies: 0,
			reactions: new Map(),
		};
		this.versions.set(seq, [{ rev: seq, message }]);
		this.#addReplies(message.root, seq, 1);
	}

	#addReplies(root: number | undefined, rev: number, count: 1 | -1): void {
		const message = root === undefined ? undefined : this.newest(root)?.message;
		if (message) this.#push(message.seq, rev, { ...message, replies: message.replies + count });
	}

	#push(seq: number, rev: number, message: ModelMessage | undefined): void {
		this.versions.get(seq)!.push({ rev, message });
	}
}

/** Returns the kind with which an entry was appended: an erased one without a target was a message, one with it an edit. */
export function appendedKind({ kind, target }: StoredEntry): Exclude<StoredEntry["kind"], "erased"> {
	if (kind !== "erased") return kind;
	return target === null ? "message" : "edit";
}

function withReaction(
	before: ModelMessage["reactions"],
	{ author, emoji, isOn }: StoredEntry,
): ModelMessage["reactions"] {
	const users = new Set(before.get(emoji!));
	if (isOn) users.add(author!);
	else users.delete(author!);
	const reactions = new Map(before).set(emoji!, users);
	if (users.size === 0) reactions.delete(emoji!);
	return reactions;
}
