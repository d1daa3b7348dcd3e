import { batch, type ReadonlySignal } from "@preact/signals";
import type { Cursor } from "../../app/protocol/log.ts";
import type { Content, SendData } from "../../app/protocol/message.ts";
import type { Ack, Refusal } from "../../app/protocol/refusal.ts";
import type { User } from "../../app/protocol/session.ts";
import { backoffMs } from "../connection/backoff.ts";
import { createClientId } from "./client-id.ts";
import { isSendable, type OutboxRequest, requestOf } from "./outbox-request.ts";
import type { Pending, PendingMessage, PendingStore } from "./pending.ts";
import { PendingChanges } from "./pending-changes.ts";
import { PendingList } from "./pending-list.ts";
import { serverNow } from "./server-clock.ts";

export type OutboxOptions = {
	user: User;
	store: PendingStore;
	/** Sends a request. Calls `onAck` in the order of the connection. */
	send(request: OutboxRequest, onAck: (ack: Ack<SendData>) => void): void;
	/** Returns the newest entry of the room's log that has arrived; undefined before the first join. */
	cursorOf(room: string): Cursor | undefined;
	/** Called with the message's seq when its ack arrives. */
	onStored(room: string, clientId: string, seq: number): void;
	/** Called when the server no longer knows the user as a member of the room. */
	onNotMember(room: string): void;
	/** Called when the server does not have a message any more: it was removed, or is older than what is retained. */
	onMissing(room: string, seq: number): void;
};

/**
 * Own messages, and own changes of messages, from writing until they appear in the room's log. Each is stored once, in the
 * order of writing; one that waits for its files does not hold up the others.
 */
export class Outbox {
	readonly #options: OutboxOptions;
	readonly #list: PendingList;
	/** Edits, removals, reactions and pins. */
	readonly changes: PendingChanges;
	/** Joined rooms: entries can be sent to them. */
	readonly #live = new Set<string>();
	/** Rooms with an entry under way. One at a time keeps the order, even after a refusal. */
	readonly #sending = new Set<string>();
	readonly #retries = new Map<string, ReturnType<typeof setTimeout>>();
	readonly #refusals = new Map<string, number>();
	/** The newest own entry with an ack, by room. */
	readonly #lastStored = new Map<string, Cursor>();
	#closed = false;

	constructor(options: OutboxOptions) {
		this.#options = options;
		const { user, store, cursorOf } = options;
		this.#list = new PendingList({
			user,
			store,
			cursorBefore: (room) => this.#cursorBefore(room),
			isDrawn: (room) => cursorOf(room) !== undefined,
		});
		this.changes = new PendingChanges({
			list: this.#list,
			epochOf: (room) => cursorOf(room)?.epoch,
			send: (room) => this.#sendNext(room),
			retry: (clientId) => this.retry(clientId),
			discard: (clientId) => this.#discardMessage(clientId),
		});
	}

	/** Messages and changes of all rooms, in the order of sending. */
	get pending(): ReadonlySignal<readonly Pending[]> {
		return this.#list.entries;
	}

	/** Takes over what closed tabs and the page before a reload had pending. */
	restore(): Promise<void> {
		return this.#list.restore((rooms) => {
			if (this.#closed) this.#list.hide(() => true);
			else for (const room of rooms) this.#sendNext(room);
		});
	}

	/** Queues a message. Refuses it only when too many are pending. */
	add(
		room: string,
		content: Content,
		references: Pick<PendingMessage, "reply" | "root" | "mentions" | "files" | "isHeld"> = {},
	): Refusal | undefined {
		const { full, nextOrder: order } = this.#list;
		if (full) return full;
		const epoch = this.#options.cursorOf(room)?.epoch;
		this.#list.add({
			kind: "message",
			clientId: createClientId(),
			room,
			content,
			...references,
			createdAt: serverNow(),
			order,
			...(epoch !== undefined && references.reply !== undefined && { epoch }),
			state: "queued",
		});
		this.#sendNext(room);
		return undefined;
	}

	/** Queues a failed message or change again, after all others. */
	retry(clientId: string, { withoutReply = false } = {}): void {
		const failed = this.#list.find(clientId);
		if (failed?.state !== "failed") return;
		const { refusal: _, ...rest } = failed;
		const again = { ...rest, order: this.#list.nextOrder, state: "queued" as const };
		if (again.kind === "message") {
			delete again.after;
			delete again.hidden;
		} else delete again.isSent;
		batch(() => {
			this.#list.hide((entry) => entry === failed);
			this.#list.add(again);
			if (withoutReply) this.#list.withoutReply(clientId);
		});
		this.#sendNext(failed.room);
	}

	/** Drops a failed message or change. */
	discard(clientId: string): void {
		const failed = this.#list.find(clientId);
		if (failed?.state !== "failed") return;
		if (failed.kind === "message") this.#discardMessage(clientId);
		else this.#list.drop((entry) => entry === failed);
	}

	/** Changes a message that waits for its files: one of them is uploaded, or can't be. */
	amend(
		{ clientId, room }: PendingMessage,
		change: Partial<Pick<PendingMessage, "files" | "isHeld" | "state" | "refusal">>,
	): void {
		this.#list.update(clientId, change);
		this.#list.persist(clientId);
		this.#sendNext(room);
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

	/** Drops what the room's log shows: it has arrived up to `head`. */
	dropShown(room: string, head: number): void {
		this.#list.hide((entry) => entry.room === room && entry.seq !== undefined && entry.seq <= head);
	}

	/** Drops what is pending in a room that the user has left. Removals that could be undone are made. */
	leaveRoom(room: string): void {
		const isLive = this.#live.has(room);
		this.pause(room);
		for (const entry of this.#list.of(room)) {
			const isHeld = entry.kind === "removal" && entry.isHeld && typeof entry.target === "number";
			if (isLive && isHeld) this.#options.send(requestOf(entry), () => {});
		}
		this.#list.drop((entry) => entry.room === room);
	}

	/** Whether `close` was called. */
	get isClosed(): boolean {
		return this.#closed;
	}

	/** Stops sending. What is stored on the device stays there. */
	close(): void {
		this.#closed = true;
		for (const timer of this.#retries.values()) clearTimeout(timer);
		this.#retries.clear();
		this.#live.clear();
		this.#list.hide(() => true);
		this.changes.close();
	}

	#sendNext(room: string): void {
		if (!this.#live.has(room) || this.#sending.has(room) || this.#retries.has(room)) return;
		this.#dropOutdated(room);
		const next = this.#list.of(room).find((entry) => entry.state === "queued" && isSendable(entry));
		if (!next) return;
		this.#sending.add(room);
		const { clientId } = next;
		if (next.kind === "message") {
			this.#list.update(clientId, { state: "sending", after: next.after ?? this.#cursorBefore(room) ?? "unknown" });
			// Stores the cursor again: it is newer than when the message was written.
			if (next.after === undefined) this.#list.persist(clientId);
		} else this.#list.update(clientId, { state: "sending", isSent: true });
		this.#options.send(requestOf(next), (ack) => {
			this.#sending.delete(room);
			if (this.#closed) return;
			if (ack.ok) this.#stored(next, ack.data);
			else if (ack.error.retryable) this.#retryLater(next, ack.error);
			else this.#failed(next, ack.error);
			this.#sendNext(room);
		});
	}

	/** Drops references to messages of a log that has been replaced: its seqs mean other messages now. */
	#dropOutdated(room: string): void {
		const epoch = this.#options.cursorOf(room)?.epoch;
		if (epoch === undefined) return;
		const isOutdated = (entry: Pending) => entry.room === room && entry.epoch !== undefined && entry.epoch !== epoch;
		this.#list.drop((entry) => entry.kind !== "message" && typeof entry.target === "number" && isOutdated(entry));
		for (const entry of this.#list.of(room)) {
			if (entry.kind === "message" && typeof entry.reply === "number" && isOutdated(entry))
				this.#list.withoutReply(entry.clientId);
		}
	}

	#stored({ kind, room, clientId }: Pending, { seq, createdAt }: SendData): void {
		this.#refusals.delete(room);
		const epoch = this.#options.cursorOf(room)?.epoch;
		if (epoch !== undefined) this.#lastStored.set(room, { epoch, seq });
		batch(() => {
			this.#list.update(clientId, { state: "stored", seq, ...(kind === "message" && { createdAt }) });
			// References are stored on the device before the message is dropped there.
			if (kind === "message") this.#list.resolve(clientId, seq, epoch);
			this.#list.unpersist(clientId);
			if (kind === "message") this.#options.onStored(room, clientId, seq);
			else this.dropShown(room, this.#options.cursorOf(room)?.seq ?? 0);
		});
	}

	#retryLater({ room, clientId }: Pending, { retryAfterMs }: Refusal): void {
		this.#list.update(clientId, { state: "queued" });
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

	#failed(failed: Pending, refusal: Refusal): void {
		const { kind, room, clientId } = failed;
		const isMissing = refusal.code === "not_found";
		// The target is removed: a removal is done, and nothing else can be done to it.
		if (kind !== "message" && isMissing && refusal.field !== "room") {
			const target = failed.target as number;
			batch(() => {
				this.#list.drop((entry) => entry.clientId === clientId);
				this.changes.targetRemoved(room, target);
				this.#options.onMissing(room, target);
			});
			return;
		}
		this.#list.update(clientId, { state: "failed", refusal, ...(kind === "message" && { hidden: false }) });
		this.#list.persist(clientId);
		if (isMissing) this.#options.onNotMember(room);
	}

	/** Drops a message that was not sent, and every reference to it. */
	#discardMessage(clientId: string): void {
		batch(() => {
			this.#list.drop(
				(entry) => entry.clientId === clientId || (entry.kind !== "message" && entry.target === clientId),
			);
			for (const entry of this.pending.peek()) {
				if (entry.kind === "message" && (entry.reply === clientId || entry.root === clientId))
					this.#list.withoutReply(entry.clientId);
			}
		});
	}

	/** Returns the newest known entry of the room: a message that is sent now comes after it. */
	#cursorBefore(room: string): Cursor | undefined {
		const cursor = this.#options.cursorOf(room);
		const last = this.#lastStored.get(room);
		return cursor && last?.epoch === cursor.epoch && last.seq > cursor.seq ? last : cursor;
	}
}
