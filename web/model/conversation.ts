import { computed, type ReadonlySignal } from "@preact/signals";
import { canonicalEmoji } from "../../app/protocol/emoji.ts";
import type { Entry } from "../../app/protocol/log.ts";
import type { Message } from "../../app/protocol/message.ts";
import type { PresenceSnapshot } from "../../app/protocol/presence.ts";
import type { Refusal } from "../../app/protocol/refusal.ts";
import type { User } from "../../app/protocol/session.ts";
import type { ServerConnection } from "../connection/server-connection.ts";
import { mentionable } from "./mentions.ts";
import { MessageItems } from "./message-items.ts";
import type { Outbox } from "./outbox.ts";
import type { PendingChange, Target } from "./pending.ts";
import type { Pins, PinsOptions } from "./pins.ts";
import { Quotes } from "./quotes.ts";
import type { FailedChange, Room, SendOptions, UndoableRemoval } from "./room.ts";
import type { RoomTimeline } from "./room-timeline.ts";
import type { Thread, Threads, ThreadsOptions } from "./threads.ts";
import { UNDO_MS } from "./undo-time.ts";

type ConversationOptions = {
	room: string;
	me: User;
	connection: Pick<ServerConnection, "request">;
	outbox: Outbox;
	timeline: RoomTimeline;
	presence: ReadonlySignal<PresenceSnapshot | undefined>;
	isLive(): boolean;
	/** Changes when the timeline may have changed. */
	revision: ReadonlySignal<number>;
	/** Called when quotes, pins or threads have changed. */
	onChange(): void;
};

/** What can be done with the messages of a room, and what belongs to them: quotes, threads and pins. */
export class Conversation {
	readonly #options: ConversationOptions;
	readonly #quotes: Quotes;
	/** Undefined until one is opened. */
	#threads: Threads | undefined;
	readonly #threadsOptions: ThreadsOptions;
	/** Undefined until they are wanted. */
	#pins: Pins | undefined;
	readonly #pinsOptions: PinsOptions;
	readonly #changes: ReadonlySignal<PendingChange[]>;
	/** What makes the items of the messages as they are now. */
	readonly messageItems: ReadonlySignal<MessageItems>;

	constructor(options: ConversationOptions) {
		this.#options = options;
		const { room, me, connection, outbox, timeline, isLive, revision, onChange } = options;
		const lookup = (seq: number) => this.#lookup(seq);
		const common = { room, viewer: me.id, connection, recent: timeline.recent, lookup, onChange };
		this.#quotes = new Quotes({ ...common, isLive });
		this.#pinsOptions = common;
		this.#threadsOptions = {
			...common,
			timeline,
			messageItems: () => this.messageItems.value,
			send: (body, options) => this.send(body, options),
		};
		this.messageItems = computed(() => {
			revision.value;
			return new MessageItems({ me, pending: outbox.pending.value.filter((entry) => entry.room === room), lookup });
		});
		this.#changes = computed(() => this.messageItems.value.changes);
		this.pinned = computed(() => {
			const messageItems = this.messageItems.value;
			return this.#pins?.items(messageItems, timeline.clientIds);
		});
		this.removals = computed(() => this.#undoable());
		this.failedChanges = computed(() => this.#failed());
	}

	readonly pinned: Room["pinned"];
	readonly removals: Room["removals"];
	readonly failedChanges: Room["failedChanges"];

	/** Applies entries that the timeline has received. */
	receive(entries: readonly Entry[]): void {
		this.#threads?.receive(entries);
		this.#quotes.receive(entries);
		this.#pins?.receive(entries);
		const { outbox, room } = this.#options;
		for (const entry of entries) if (entry.kind === "removal") outbox.changes.targetRemoved(room, entry.target);
	}

	/** Drops a message that the server does not have any more. */
	drop(seq: number): void {
		for (const part of [this.#threads, this.#quotes, this.#pins]) part?.drop(seq);
	}

	/** Requests the messages that replies refer to and that are not loaded. */
	loadQuotes(): void {
		const { timeline, outbox, room } = this.#options;
		const isElsewhere = (seq: number) => !timeline.window.find(seq) && !this.#threads?.find(seq) && !this.#isGone(seq);
		const ofPending = outbox.pending
			.peek()
			.flatMap((entry) => (entry.room === room && entry.kind === "message" ? (entry.reply ?? []) : []))
			.filter((target) => typeof target === "number");
		const ofMessages = timeline.window.messages.flatMap(({ reply }) => reply ?? []);
		this.#quotes.need([...ofMessages, ...ofPending, ...(this.#threads?.needed ?? [])].filter(isElsewhere));
	}

	/** Loads what could not be loaded before, after a reconnect. */
	resume(): void {
		this.#quotes.resume();
		this.#threads?.resume();
		this.#pins?.resume();
	}

	/** Loads everything again: the client's copy of the log has been replaced. */
	reset(): void {
		this.#quotes.reset();
		this.#pins?.reset();
		this.#threads?.reset();
	}

	send(body: string, { reply, mentions, files }: SendOptions = {}): Refusal | undefined {
		const { outbox, room } = this.#options;
		const target = reply === undefined ? undefined : this.#target(reply);
		return outbox.add(
			room,
			{ body },
			{
				...(target !== undefined && { reply: target, root: this.#rootOf(target) }),
				...(mentions?.length && { mentions: [...mentions] }),
				...(files && { files, isHeld: true }),
			},
		);
	}

	retry(clientId: string): void {
		const { outbox } = this.#options;
		const failed = outbox.pending.peek().find((entry) => entry.clientId === clientId);
		const reply = failed?.kind === "message" ? failed.reply : undefined;
		outbox.retry(clientId, { withoutReply: typeof reply === "number" && this.#lookup(reply) === "removed" });
	}

	edit(key: string, body: string, mentions?: readonly string[]): Refusal | undefined {
		const { outbox, room } = this.#options;
		return outbox.changes.edit(room, this.#target(key), body, mentions?.length ? [...mentions] : undefined);
	}

	remove(key: string): Refusal | undefined {
		const { outbox, room } = this.#options;
		return outbox.changes.remove(room, this.#target(key));
	}

	undoRemoval(key: string): void {
		const { outbox, room } = this.#options;
		outbox.changes.undoRemoval(room, this.#target(key));
	}

	react(key: string, text: string, on: boolean): Refusal | undefined {
		const { outbox, room } = this.#options;
		const emoji = canonicalEmoji(text);
		if (emoji === undefined) return NOT_AN_EMOJI;
		const target = this.#target(key);
		const isOn = this.#isOn(target, ({ reactions }) => reactions?.find((one) => one.emoji === emoji)?.mine);
		return outbox.changes.set(room, target, { kind: "reaction", emoji, on }, isOn);
	}

	pin(key: string, on: boolean): Refusal | undefined {
		const { outbox, room } = this.#options;
		const target = this.#target(key);
		return outbox.changes.set(
			room,
			target,
			{ kind: "pin", on },
			this.#isOn(target, ({ pinned }) => pinned),
		);
	}

	loadPinned(pins: typeof Pins): Promise<Refusal | undefined> {
		this.#pins ??= new pins(this.#pinsOptions);
		return this.#pins.load();
	}

	openThread(root: number, threads: typeof Threads): Thread {
		this.#threads ??= new threads(this.#threadsOptions);
		const thread = this.#threads.open(root);
		this.#options.onChange();
		return thread;
	}

	mentionable(query: string): User[] {
		const { presence, timeline, me } = this.#options;
		const { members = [], count = 0 } = presence.value ?? {};
		const authors = timeline.window.messages.map(({ author }) => author).reverse();
		return mentionable(query, { present: members, count, authors, me });
	}

	#lookup(seq: number): Message | "removed" | undefined {
		const found = this.#options.timeline.window.find(seq) ?? this.#threads?.find(seq) ?? this.#quotes.find(seq);
		return found ?? (this.#isGone(seq) ? "removed" : undefined);
	}

	/** Whether the timeline shows that there is no such message. */
	#isGone(seq: number): boolean {
		const { window, cursor } = this.#options.timeline;
		return seq <= (cursor?.seq ?? 0) && window.covers(seq) && !window.find(seq);
	}

	/** Returns the message with this key. */
	#target(key: string): Target {
		const { outbox, timeline } = this.#options;
		const pending = outbox.pending.peek().find((entry) => entry.kind === "message" && entry.clientId === key);
		if (pending) return pending.seq ?? key;
		return timeline.seqOf(key) ?? Number(key);
	}

	#rootOf(target: Target): Target {
		const { outbox } = this.#options;
		const pending = outbox.pending
			.peek()
			.find((entry) => entry.kind === "message" && (entry.seq ?? entry.clientId) === target);
		const message = typeof target === "number" ? this.#lookup(target) : undefined;
		if (typeof message === "object") return message.root ?? target;
		return (pending?.kind === "message" ? pending.root : undefined) ?? target;
	}

	/** Returns whether the log shows it set; undefined if that is not known. */
	#isOn(target: Target, read: (message: Message) => boolean | undefined): boolean | undefined {
		if (typeof target === "string") return false;
		const message = this.#lookup(target);
		return typeof message === "object" ? (read(message) ?? false) : undefined;
	}

	#keyOf(target: Target): string {
		return typeof target === "string" ? target : (this.#options.timeline.clientIds.get(target) ?? String(target));
	}

	#undoable(): UndoableRemoval[] {
		return this.#changes.value
			.filter(({ kind, isHeld }) => kind === "removal" && isHeld)
			.map(({ target, createdAt }) => ({ key: this.#keyOf(target), until: createdAt + UNDO_MS }));
	}

	#failed(): FailedChange[] {
		return this.#changes.value
			.filter(({ state }) => state === "failed")
			.map(({ kind, target, clientId, refusal }) => ({
				kind,
				key: this.#keyOf(target),
				seq: typeof target === "number" ? target : undefined,
				clientId,
				...(refusal && { refusal }),
			}));
	}
}

const NOT_AN_EMOJI: Refusal = { code: "bad_request", message: "Pick one emoji.", retryable: false, field: "emoji" };
