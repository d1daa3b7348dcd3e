import type { Cursor } from "../../app/protocol/log.ts";
import type { Message } from "../../app/protocol/message.ts";
import type { User } from "../../app/protocol/session.ts";
import type { Item, MessageItem } from "./item.ts";
import type { PendingMessage } from "./pending.ts";

/** A line that is not of the log; it stands after the message `after`, or where that would be. */
export type Aside = { after: number; item: Item };

export type Arrangement = {
	me: User;
	/** Up to where the log has been seen. */
	cursor: Cursor | undefined;
	messages: readonly Message[];
	hasOlder: boolean;
	hasNewer: boolean;
	/** Ours that the log has not shown yet, in the order of writing. */
	pending: readonly PendingMessage[];
	/** The seqs of our messages that acks have named, with the clientIds they were written under. */
	named: ReadonlyMap<number, string>;
	asides: readonly Aside[];
};

/**
 * What to draw. An own message that may be one of the pending ones is left out until an ack tells (rule M4): so
 * nobody sees it twice, and once no pending message can be it, it is drawn.
 */
export function arrange({ me, cursor, messages, hasOlder, hasNewer, pending, named, asides }: Arrangement): Item[] {
	const doubtful = doubtfulAfter(cursor, pending);
	const items: Item[] = [];
	const first = messages[0]?.seq ?? 0;
	const waiting = asides.filter(({ after }) => !hasOlder || after >= first - 1);
	let next = 0;
	const putAsidesBefore = (seq: number) => {
		for (; next < waiting.length && waiting[next]!.after < seq; next++) items.push(waiting[next]!.item);
	};
	for (const message of messages) {
		putAsidesBefore(message.seq);
		const mine = message.author.id === me.id;
		const clientId = mine ? named.get(message.seq) : undefined;
		if (mine && clientId === undefined && message.seq > doubtful) continue;
		items.push(itemOfMessage(message, clientId, mine));
	}
	// Below what is on screen is more of the log, so neither asides nor pending messages have their place here.
	if (hasNewer) return items;
	putAsidesBefore(Number.POSITIVE_INFINITY);
	for (const message of pending) {
		const isInLog = message.seq !== undefined && message.seq <= (cursor?.seq ?? 0);
		if (!message.hidden && !isInLog) items.push(itemOfPending(message, me));
	}
	return items;
}

/** Own messages after this seq may be a pending one. */
function doubtfulAfter(cursor: Cursor | undefined, pending: readonly PendingMessage[]): number {
	let doubtful = Number.POSITIVE_INFINITY;
	for (const { after, state, hidden } of pending) {
		if (after === undefined || hidden || state === "stored" || state === "failed") continue;
		doubtful = Math.min(doubtful, after !== "unknown" && after.epoch === cursor?.epoch ? after.seq : 0);
	}
	return doubtful;
}

/** The same objects as long as nothing changes, so that only what did is drawn again. */
const itemsOfMessages = new WeakMap<Message, MessageItem>();
const itemsOfPending = new WeakMap<PendingMessage, MessageItem>();

function itemOfMessage(message: Message, clientId: string | undefined, mine: boolean): MessageItem {
	const key = clientId ?? String(message.seq);
	const known = itemsOfMessages.get(message);
	if (known?.key === key) return known;
	const { author, createdAt, seq } = message;
	const item: MessageItem = {
		kind: "message",
		key,
		author,
		createdAt,
		content: message.location ? { location: message.location } : { body: message.body! },
		mine,
		state: "stored",
		seq,
	};
	itemsOfMessages.set(message, item);
	return item;
}

function itemOfPending(pending: PendingMessage, me: User): MessageItem {
	const known = itemsOfPending.get(pending);
	if (known) return known;
	const { clientId, content, createdAt, state, seq, refusal } = pending;
	const item: MessageItem = {
		kind: "message",
		key: clientId,
		author: me,
		createdAt,
		content,
		mine: true,
		state,
		seq,
		clientId,
		...(refusal && { refusal }),
	};
	itemsOfPending.set(pending, item);
	return item;
}
