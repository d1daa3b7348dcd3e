import type { Message } from "../../app/protocol/message.ts";
import type { User } from "../../app/protocol/session.ts";
import { excerptOf, textOrFiles } from "./excerpt.ts";
import type { MessageItem, Quote } from "./item.ts";
import { isMentioned } from "./mentions.ts";
import { type Changeable, type Changed, withChanges } from "./overlay.ts";
import type { Pending, PendingChange, PendingMessage, Target } from "./pending.ts";

const EXCERPT_CHARS = 140;
const NO_CHANGES: readonly PendingChange[] = [];
const UNKNOWN = { state: "unknown" } as const;
const REMOVED = { state: "removed" } as const;

type MessageItemsOptions = {
	me: User;
	/** Own messages and changes of the room, in the order of writing. */
	pending: readonly Pending[];
	/** Returns the message that a reply refers to, if its state is known. */
	lookup(seq: number): Message | "removed" | undefined;
};

/** What an item was made of. */
type Made = { key: string; changes: readonly PendingChange[]; quote: Quote | undefined; item: MessageItem | undefined };

/** Unchanged items and quotes stay the same objects, so that they are not drawn again. */
const made = new WeakMap<Message | PendingMessage, Made>();
const quotes = new WeakMap<Message | PendingMessage, { content: unknown; quote: Quote }>();

/** Makes the items of messages at one moment: with the pending changes and the quotes. */
export class MessageItems {
	readonly #options: MessageItemsOptions;
	readonly #changes = new Map<Target, PendingChange[]>();
	readonly messages: readonly PendingMessage[];

	constructor(options: MessageItemsOptions) {
		this.#options = options;
		this.messages = options.pending.filter((entry) => entry.kind === "message");
		for (const entry of options.pending) {
			if (entry.kind === "message") continue;
			const known = this.#changes.get(entry.target);
			if (known) known.push(entry);
			else this.#changes.set(entry.target, [entry]);
		}
	}

	/** The pending changes. */
	get changes(): PendingChange[] {
		return [...this.#changes.values()].flat();
	}

	/** Returns the item of a message of the log; undefined if it is being removed. */
	stored(message: Message, clientId: string | undefined): MessageItem | undefined {
		const key = clientId ?? String(message.seq);
		const quote = this.#quoteOf(message.reply);
		return remade(message, key, this.#changesOf(message.seq), quote, (changes) => {
			const changed = withChanges(changeable(message), changes, this.#options.me);
			if (!changed) return undefined;
			const { author, createdAt, seq, root, replies } = message;
			const thread = root ?? (replies === undefined ? undefined : seq);
			return this.#item({ key, author, createdAt, seq, state: "stored" }, changed, {
				...(quote && { reply: quote }),
				...(thread !== undefined && { thread }),
				...(replies !== undefined && { replies }),
			});
		});
	}

	/** Returns the item of a message that the log does not show yet; undefined if it is being removed. */
	pending(message: PendingMessage): MessageItem | undefined {
		const { clientId, reply, root } = message;
		const quote = this.#quoteOf(reply);
		return remade(message, clientId, this.#changesOf(message.seq ?? clientId), quote, (changes) => {
			const { me } = this.#options;
			const changed = withChanges(message, changes, me);
			if (!changed) return undefined;
			const { createdAt, state, seq, refusal } = message;
			return this.#item({ key: clientId, author: me, createdAt, seq, state }, changed, {
				clientId,
				...(refusal && { refusal }),
				...(quote && { reply: quote }),
				...(typeof root === "number" && { thread: root }),
			});
		});
	}

	#item(
		head: Pick<MessageItem, "key" | "author" | "createdAt" | "seq" | "state">,
		changed: Changed,
		tail: Partial<MessageItem>,
	): MessageItem {
		const { me } = this.#options;
		const mine = head.author.id === me.id;
		const mentionsMe = !mine && isMentioned(me.id, changed.mentions);
		return { kind: "message", ...head, mine, ...changed, ...(mentionsMe && { mentionsMe }), ...tail };
	}

	#changesOf(target: Target): readonly PendingChange[] {
		return this.#changes.get(target) ?? NO_CHANGES;
	}

	#quoteOf(target: Target | undefined): Quote | undefined {
		if (target === undefined) return undefined;
		const { me, lookup } = this.#options;
		const pending = this.messages.find((message) => (message.seq ?? message.clientId) === target);
		const message = typeof target === "number" ? (lookup(target) ?? pending) : pending;
		const seq = typeof target === "number" ? target : undefined;
		if (!message) return { seq, ...UNKNOWN };
		const before = message === "removed" ? undefined : changeable(message);
		const changed = before && withChanges(before, this.#changesOf(target), me);
		if (message === "removed" || !changed) return { seq, ...REMOVED };
		const { content, files } = changed;
		const known = quotes.get(message);
		if (known?.content === content && known.quote.seq === seq) return known.quote;
		const author = "author" in message ? message.author : me;
		const excerpt = content.location
			? { location: true as const }
			: { excerpt: excerptOf(textOrFiles(content.body!, files), EXCERPT_CHARS) };
		const quote: Quote = { seq, state: "here", author, ...excerpt };
		quotes.set(message, { content, quote });
		return quote;
	}
}

const changeables = new WeakMap<Message, Changeable>();

function changeable(message: Message | PendingMessage): Changeable {
	if ("content" in message) return message;
	const known = changeables.get(message);
	if (known) return known;
	const content = message.location ? { location: message.location } : { body: message.body! };
	const created = { ...message, content };
	changeables.set(message, created);
	return created;
}

/** Returns the item that was made of the same before, or a new one. */
function remade(
	message: Message | PendingMessage,
	key: string,
	changes: readonly PendingChange[],
	quote: Quote | undefined,
	make: (changes: readonly PendingChange[]) => MessageItem | undefined,
): MessageItem | undefined {
	const known = made.get(message);
	if (known?.key === key && isSameQuote(known.quote, quote) && isSameList(known.changes, changes)) return known.item;
	const item = make(changes);
	made.set(message, { key, changes, quote, item });
	return item;
}

function isSameQuote(a: Quote | undefined, b: Quote | undefined): boolean {
	return (
		a === b || (a !== undefined && b !== undefined && a.state !== "here" && a.state === b.state && a.seq === b.seq)
	);
}

function isSameList<T>(a: readonly T[], b: readonly T[]): boolean {
	return a.length === b.length && a.every((one, index) => one === b[index]);
}
