import { batch, type ReadonlySignal, signal } from "@preact/signals";
import type { Cursor } from "../../app/protocol/log.ts";
import type { Content, SendData, SendPayload } from "../../app/protocol/message.ts";
import type { Ack, Refusal } from "../../app/protocol/refusal.ts";
import type { User } from "../../app/protocol/session.ts";
import { backoffMs } from "../connection/backoff.ts";
import { clientId as newClientId } from "./client-id.ts";
import type { PendingMessage, PendingStore, StoredPending } from "./pending.ts";

const MAX_PENDING = 200;

export type OutboxOptions = {
	user: User;
	store: PendingStore;
	/** Sends, and answers in the order of the line. */
	send(payload: SendPayload, answered: (ack: Ack<SendData>) => void): void;
	/** Up to where the room's log was seen; undefined where it never was. */
	cursorOf(room: string): Cursor | undefined;
	/** An ack has named the message's place in the log. */
	onStored(room: string, clientId: string, seq: number): void;
	/** The server does not know us in this room any more. */
	onStranger(room: string): void;
};

/** Our messages from the moment they are written until the room's log shows them: in order, each stored once. */
export class Outbox {
	readonly #options: OutboxOptions;
	readonly #pending = signal<readonly PendingMessage[]>([]);
	/** Rooms that messages can be sent to just now. */
	readonly #live = new Set<string>();
	/** Rooms with a message on its way: one at a time keeps the order, whatever is refused. */
	readonly #sending = new Set<string>();
	readonly #waits = new Map<string, ReturnType<typeof setTimeout>>();
	readonly #refusals = new Map<string, number>();
	/** The newest message of ours that an ack has named. */
	readonly #lastStored = new Map<string, Cursor>();
	#closed = false;

	constructor(options: OutboxOptions) {
		this.#options = options;
	}

	/** Of all rooms, in the order of sending. */
	get pending(): ReadonlySignal<readonly PendingMessage[]> {
		return this.#pending;
	}

	/** Takes over what closed tabs and the page before a reload have left. */
	restore(): Promise<void> {
		const { store, user } = this.#options;
		return store.adopt(user, (records) => this.#adopt(records)).catch(() => {});
	}

	/** Queues a message; refused only when too many wait. */
	add(room: string, content: Content): Refusal | undefined {
		if (this.#pending.peek().length >= MAX_PENDING) return TOO_MANY;
		const order = this.#nextOrder();
		this.#insert([{ clientId: newClientId(), room, content, createdAt: Date.now(), order, state: "queued" }]);
		this.#keep(this.#pending.peek().at(-1)!);
		this.#next(room);
		return undefined;
	}

	/** Sends a failed message again, after all that waits. */
	retry(clientId: string): void {
		const failed = this.#find(clientId);
		if (failed?.state !== "failed") return;
		const { after: _, refusal: __, hidden: ___, ...rest } = failed;
		const again: PendingMessage = { ...rest, order: this.#nextOrder(), state: "queued" };
		batch(() => {
			this.#drop(clientId);
			this.#insert([again]);
		});
		this.#keep(again);
		this.#next(failed.room);
	}

	/** Drops a failed message. */
	discard(clientId: string): void {
		if (this.#find(clientId)?.state !== "failed") return;
		this.#drop(clientId);
		this.#forget(clientId);
	}

	/** From now on messages to this room can be sent. */
	roomUp(room: string): void {
		this.#live.add(room);
		this.#refusals.delete(room);
		clearTimeout(this.#waits.get(room));
		this.#waits.delete(room);
		this.#next(room);
	}

	roomDown(room: string): void {
		this.#live.delete(room);
	}

	/** The room's log has been seen up to here: what it shows is not pending any more. */
	settle(room: string, head: number): void {
		const isLeft = (message: PendingMessage) => message.room !== room || !(message.seq! <= head);
		if (!this.#pending.peek().every(isLeft)) this.#pending.value = this.#pending.peek().filter(isLeft);
	}

	/** The room was left: what was not sent to it never will be. */
	leaveRoom(room: string): void {
		this.roomDown(room);
		for (const message of this.#pending.peek()) if (message.room === room) this.#forget(message.clientId);
		this.#pending.value = this.#pending.peek().filter((message) => message.room !== room);
	}

	/** Sends nothing any more; what is stored on the device stays there. */
	close(): void {
		this.#closed = true;
		for (const wait of this.#waits.values()) clearTimeout(wait);
		this.#waits.clear();
		this.#live.clear();
		this.#pending.value = [];
	}

	#next(room: string): void {
		if (!this.#live.has(room) || this.#sending.has(room) || this.#waits.has(room)) return;
		const message = this.#pending.peek().find((one) => one.room === room && one.state === "queued");
		if (!message) return;
		this.#sending.add(room);
		const { clientId, content } = message;
		this.#update(clientId, { state: "sending", after: message.after ?? this.#placeBefore(room) ?? "unknown" });
		// What the device keeps was known when it was written; by now less is in doubt.
		if (message.after === undefined) this.#keep(this.#find(clientId)!);
		this.#options.send({ room, clientId, ...content }, (ack) => {
			this.#sending.delete(room);
			if (this.#closed) return;
			if (ack.ok) this.#stored(room, clientId, ack.data);
			else if (ack.error.retryable) this.#later(room, clientId, ack.error);
			else this.#failed(room, clientId, ack.error);
			this.#next(room);
		});
	}

	#stored(room: string, clientId: string, { seq, createdAt }: SendData): void {
		this.#refusals.delete(room);
		this.#forget(clientId);
		const epoch = this.#options.cursorOf(room)?.epoch;
		if (epoch !== undefined) this.#lastStored.set(room, { epoch, seq });
		batch(() => {
			this.#update(clientId, { state: "stored", seq, createdAt });
			this.#options.onStored(room, clientId, seq);
		});
	}

	#later(room: string, clientId: string, { retryAfterMs }: Refusal): void {
		this.#update(clientId, { state: "queued" });
		// Without a line there is nothing to wait for but the line.
		if (!this.#live.has(room)) return;
		const refusals = this.#refusals.get(room) ?? 0;
		this.#refusals.set(room, refusals + 1);
		const wait = () => {
			this.#waits.delete(room);
			this.#next(room);
		};
		this.#waits.set(room, setTimeout(wait, (retryAfterMs ?? 0) + backoffMs(refusals, Math.random)));
	}

	#failed(room: string, clientId: string, refusal: Refusal): void {
		this.#update(clientId, { state: "failed", refusal, hidden: false });
		const message = this.#find(clientId);
		if (message) this.#keep(message);
		if (refusal.code === "not_found") this.#options.onStranger(room);
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
		for (const { room } of messages) this.#next(room);
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

	/** Later than everything that waits, and than what other tabs wrote before now. */
	#nextOrder(): number {
		return Math.max(Date.now(), (this.#pending.peek().at(-1)?.order ?? 0) + 1);
	}

	#keep({ clientId, room, content, createdAt, order, after, refusal }: PendingMessage): void {
		const { store, user } = this.#options;
		const seen = after === "unknown" ? null : (after ?? this.#placeBefore(room) ?? null);
		const record = { clientId, author: user, room, content, createdAt, order, after: seen, refusal: refusal ?? null };
		// A device that can't store is no reason not to send.
		store.put(record).catch(() => {});
	}

	/** A message that is not sent yet will stand after this, as it goes after all that was acked. */
	#placeBefore(room: string): Cursor | undefined {
		const cursor = this.#options.cursorOf(room);
		const last = this.#lastStored.get(room);
		return cursor && last?.epoch === cursor.epoch && last.seq > cursor.seq ? last : cursor;
	}

	#forget(clientId: string): void {
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
