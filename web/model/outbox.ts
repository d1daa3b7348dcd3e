import { batch, type ReadonlySignal, signal } from "@preact/signals";
import type { Cursor } from "../../app/protocol/log.ts";
import type { Content, SendData, SendPayload } from "../../app/protocol/message.ts";
import type { Ack, Refusal } from "../../app/protocol/refusal.ts";
import type { User } from "../../app/protocol/session.ts";
import { backoffMs } from "../connection/backoff.ts";
import { createClientId } from "./client-id.ts";
import type { PendingMessage, PendingStore, StoredPending } from "./pending.ts";

const MAX_PENDING = 200;

export type OutboxOptions = {
	user: User;
	store: PendingStore;
	/** Sends a message. Calls `onAck` in the order of the connection. */
	send(payload: SendPayload, onAck: (ack: Ack<SendData>) => void): void;
	/** Returns the newest entry of the room's log that has arrived; undefined before the first join. */
	cursorOf(room: string): Cursor | undefined;
	/** Called with the message's seq when its ack arrives. */
	onStored(room: string, clientId: string, seq: number): void;
	/** Called when the server no longer knows the user as a member of the room. */
	onNotMember(room: string): void;
};

/** Own messages from writing until they appear in the room's log. Each is stored once, in the order of writing. */
export class Outbox {
	readonly #options: OutboxOptions;
	readonly #pending = signal<readonly PendingMessage[]>([]);
	/** Joined rooms: messages to them can be sent. */
	readonly #live = new Set<string>();
	/** Rooms with a message under way. One at a time keeps the order, even after a refusal. */
	readonly #sending = new Set<string>();
	readonly #retries = new Map<string, ReturnType<typeof setTimeout>>();
	readonly #refusals = new Map<string, number>();
	/** The newest own message with an ack, by room. */
	readonly #lastStored = new Map<string, Cursor>();
	#closed = false;

	constructor(options: OutboxOptions) {
		this.#options = options;
	}

	/** Messages of all rooms, in the order of sending. */
	get pending(): ReadonlySignal<readonly PendingMessage[]> {
		return this.#pending;
	}

	/** Takes over the messages of closed tabs and of the page before a reload. */
	restore(): Promise<void> {
		const { store, user } = this.#options;
		return store.adopt(user, (records) => this.#adopt(records)).catch(() => {});
	}

	/** Queues a message. Refuses it only when too many are pending. */
	add(room: string, content: Content): Refusal | undefined {
		if (this.#pending.peek().length >= MAX_PENDING) return TOO_MANY;
		const order = this.#nextOrder();
		this.#insert([{ clientId: createClientId(), room, content, createdAt: Date.now(), order, state: "queued" }]);
		this.#persist(this.#pending.peek().at(-1)!);
		this.#sendNext(room);
		return undefined;
	}

	/** Queues a failed message again, after all others. */
	retry(clientId: string): void {
		const failed = this.#find(clientId);
		if (failed?.state !== "failed") return;
		const { after: _, refusal: __, hidden: ___, ...rest } = failed;
		const again: PendingMessage = { ...rest, order: this.#nextOrder(), state: "queued" };
		batch(() => {
			this.#drop(clientId);
			this.#insert([again]);
		});
		this.#persist(again);
		this.#sendNext(failed.room);
	}

	/** Drops a failed message. */
	discard(clientId: string): void {
		if (this.#find(clientId)?.state !== "failed") return;
		this.#drop(clientId);
		this.#unpersist(clientId);
	}

	/** Starts sending to the room: it is joined. */
	resume(room: string): void {
		this.#live.add(room);
		this.#refusals.delete(room);
		clearTimeout(this.#retries.get(room));
		this.#retries.delete(room);
		this.#sendNext(room);
	}

	/** Stops sending to the room. */
	pause(room: string): void {
		this.#live.delete(room);
	}

	/** Drops messages that the room's log shows: it has arrived up to `head`. */
	dropShown(room: string, head: number): void {
		const isPending = (message: PendingMessage) => message.room !== room || !(message.seq! <= head);
		if (!this.#pending.peek().every(isPending)) this.#pending.value = this.#pending.peek().filter(isPending);
	}

	/** Drops the pending messages of a room that the user has left. */
	leaveRoom(room: string): void {
		this.pause(room);
		for (const message of this.#pending.peek()) if (message.room === room) this.#unpersist(message.clientId);
		this.#pending.value = this.#pending.peek().filter((message) => message.room !== room);
	}

	/** Stops sending. Messages that are stored on the device stay there. */
	close(): void {
		this.#closed = true;
		for (const timer of this.#retries.values()) clearTimeout(timer);
		this.#retries.clear();
		this.#live.clear();
		this.#pending.value = [];
	}

	#sendNext(room: string): void {
		if (!this.#live.has(room) || this.#sending.has(room) || this.#retries.has(room)) return;
		const message = this.#pending.peek().find((one) => one.room === room && one.state === "queued");
		if (!message) return;
		this.#sending.add(room);
		const { clientId, content } = message;
		this.#update(clientId, { state: "sending", after: message.after ?? this.#cursorBefore(room) ?? "unknown" });
		// Stores the cursor again: it is newer than when the message was written.
		if (message.after === undefined) this.#persist(this.#find(clientId)!);
		this.#options.send({ room, clientId, ...content }, (ack) => {
			this.#sending.delete(room);
			if (this.#closed) return;
			if (ack.ok) this.#stored(room, clientId, ack.data);
			else if (ack.error.retryable) this.#retryLater(room, clientId, ack.error);
			else this.#failed(room, clientId, ack.error);
			this.#sendNext(room);
		});
	}

	#stored(room: string, clientId: string, { seq, createdAt }: SendData): void {
		this.#refusals.delete(room);
		this.#unpersist(clientId);
		const epoch = this.#options.cursorOf(room)?.epoch;
		if (epoch !== undefined) this.#lastStored.set(room, { epoch, seq });
		batch(() => {
			this.#update(clientId, { state: "stored", seq, createdAt });
			this.#options.onStored(room, clientId, seq);
		});
	}

	#retryLater(room: string, clientId: string, { retryAfterMs }: Refusal): void {
		this.#update(clientId, { state: "queued" });
		// Without a connection, sending continues after the next join.
		if (!this.#live.has(room)) return;
		const refusals = this.#refusals.get(room) ?? 0;
		this.#refusals.set(room, refusals + 1);
		const retry = () => {
			this.#retries.delete(room);
			this.#sendNext(room);
		};
		this.#retries.set(room, setTimeout(retry, (retryAfterMs ?? 0) + backoffMs(refusals, Math.random)));
	}

	#failed(room: string, clientId: string, refusal: Refusal): void {
		this.#update(clientId, { state: "failed", refusal, hidden: false });
		const message = this.#find(clientId);
		if (message) this.#persist(message);
		if (refusal.code === "not_found") this.#options.onNotMember(room);
	}

	#adopt(records: StoredPending[]): void {
		if (this.#closed) return;
		const { user, cursorOf } = this.#options;
		const messages = records
			.filter(({ clientId }) => !this.#find(clientId))
			.map(({ author, after, refusal: failure, ...record }): PendingMessage => {
				const refusal = failure ?? (author.id === user.id ? null : SIGNED_OUT);
				const hidden = refusal === null && cursorOf(record.room) !== undefined;
				return refusal
					? { ...record, state: "failed", refusal }
					: { ...record, state: "queued", after: after ?? "unknown", hidden };
			});
		this.#insert(messages);
		for (const { room } of messages) this.#sendNext(room);
	}

	#insert(messages: PendingMessage[]): void {
		this.#pending.value = [...this.#pending.peek(), ...messages].sort((a, b) => a.order - b.order);
	}

	#update(clientId: string, change: Partial<PendingMessage>): void {
		this.#pending.value = this.#pending
			.peek()
			.map((message) => (message.clientId === clientId ? { ...message, ...change } : message));
	}

	#drop(clientId: string): void {
		this.#pending.value = this.#pending.peek().filter((message) => message.clientId !== clientId);
	}

	#find(clientId: string): PendingMessage | undefined {
		return this.#pending.peek().find((message) => message.clientId === clientId);
	}

	/** Returns an order after all pending messages, and after those that other tabs have written so far. */
	#nextOrder(): number {
		return Math.max(Date.now(), (this.#pending.peek().at(-1)?.order ?? 0) + 1);
	}

	#persist({ clientId, room, content, createdAt, order, after, refusal }: PendingMessage): void {
		const { store, user } = this.#options;
		const seen = after === "unknown" ? null : (after ?? this.#cursorBefore(room) ?? null);
		const record = { clientId, author: user, room, content, createdAt, order, after: seen, refusal: refusal ?? null };
		// If the device cannot store it, the message is sent all the same.
		store.put(record).catch(() => {});
	}

	/** Returns the newest known entry of the room: a message that is sent now comes after it. */
	#cursorBefore(room: string): Cursor | undefined {
		const cursor = this.#options.cursorOf(room);
		const last = this.#lastStored.get(room);
		return cursor && last?.epoch === cursor.epoch && last.seq > cursor.seq ? last : cursor;
	}

	#unpersist(clientId: string): void {
		this.#options.store.remove(clientId).catch(() => {});
	}
}

const TOO_MANY: Refusal = {
	code: "rate_limited",
	message: `${MAX_PENDING} messages are waiting to be sent. Wait a moment, or discard the ones that failed.`,
	retryable: true,
};
const SIGNED_OUT: Refusal = {
	code: "unauthorized",
	message: "You were signed out before this was sent. Try again or discard it.",
	retryable: false,
};
