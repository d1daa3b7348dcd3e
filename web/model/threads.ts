import { computed, type ReadonlySignal, signal } from "@preact/signals";
import type { Entry } from "../../app/protocol/log.ts";
import type { Message } from "../../app/protocol/message.ts";
import type { Refusal } from "../../app/protocol/refusal.ts";
import type { ServerConnection } from "../connection/server-connection.ts";
import { buildItems } from "./build-items.ts";
import { HistoryLoader } from "./history-loader.ts";
import type { Item, MessageItem } from "./item.ts";
import type { MessageItems } from "./message-items.ts";
import { type HistoryPage, MessageWindow } from "./message-window.ts";
import type { RecentEntries } from "./recent-entries.ts";
import type { SendOptions } from "./room.ts";
import type { RoomTimeline } from "./room-timeline.ts";

/** A message and the replies to it, as a side panel shows them. Call `close` when it is not shown any more. */
export type Thread = {
	/** The seq of the first message. */
	readonly root: number;
	/** The first message, also while it is not among `items`; undefined if it is removed, or not loaded yet. */
	readonly rootItem: ReadonlySignal<MessageItem | undefined>;
	/** The first message and its replies, at most 300, and the pending ones. */
	readonly items: ReadonlySignal<readonly Item[]>;
	readonly hasOlder: ReadonlySignal<boolean>;
	readonly hasNewer: ReadonlySignal<boolean>;
	/** The page that is being loaded; `newest` at first. */
	readonly loading: ReadonlySignal<HistoryPage | undefined>;
	/** Why the first page could not be loaded. It is requested again after a reconnect, and by `jumpToNewest`. */
	readonly problem: ReadonlySignal<Refusal | undefined>;
	loadOlder(): Promise<Refusal | undefined>;
	loadNewer(): Promise<Refusal | undefined>;
	/** Shows the latest replies. No effect if they are shown already. */
	jumpToNewest(): Promise<Refusal | undefined>;
	/** Queues a reply: to the first message, or to the one with the key `reply`. */
	send(body: string, options?: SendOptions): Refusal | undefined;
	close(): void;
};

export type ThreadsOptions = {
	room: string;
	/** The id of the signed-in user. */
	viewer: string;
	connection: Pick<ServerConnection, "request">;
	timeline: Pick<RoomTimeline, "cursor" | "clientIds">;
	recent: RecentEntries;
	/** Tracks the changes of the room, and returns what makes items of its messages. */
	messageItems(): MessageItems;
	lookup(seq: number): Message | "removed" | undefined;
	send(body: string, options: SendOptions): Refusal | undefined;
	/** Called when the messages of a thread have changed. */
	onChange(): void;
};

/** The threads of a room that are open. */
export class Threads {
	readonly #options: ThreadsOptions;
	readonly #open = new Set<OpenThread>();

	constructor(options: ThreadsOptions) {
		this.#options = options;
	}

	open(root: number): Thread {
		const thread = new OpenThread(root, this.#options, () => this.#open.delete(thread));
		this.#open.add(thread);
		thread.start();
		return thread;
	}

	/** The messages that have to be known: first messages, and those that are replied to. */
	get needed(): number[] {
		return [...this.#open].flatMap(({ root, window }) => [
			root,
			...window.messages.flatMap(({ reply }) => reply ?? []),
		]);
	}

	find(seq: number): Message | undefined {
		for (const { window } of this.#open) {
			const found = window.find(seq);
			if (found) return found;
		}
		return undefined;
	}

	receive(entries: readonly Entry[]): void {
		for (const { window } of this.#open) window.append(entries);
	}

	drop(seq: number): void {
		for (const { window } of this.#open) window.drop(seq);
	}

	/** Loads what could not be loaded before, after a reconnect. */
	resume(): void {
		for (const thread of this.#open) if (!thread.isLoaded) thread.restart();
	}

	/** Loads everything again: the client's copy of the log has been replaced. */
	reset(): void {
		for (const thread of this.#open) thread.restart();
	}
}

class OpenThread implements Thread {
	readonly root: number;
	readonly window: MessageWindow;
	readonly #options: ThreadsOptions;
	readonly #loader: HistoryLoader;
	readonly #problem = signal<Refusal | undefined>();
	readonly close: () => void;

	constructor(root: number, options: ThreadsOptions, onClose: () => void) {
		this.root = root;
		this.#options = options;
		const { room, connection, viewer, recent, messageItems, lookup, timeline, onChange } = options;
		this.window = new MessageWindow({
			viewer,
			recent,
			includes: (message) => message.seq === root || message.root === root,
		});
		this.window.clear();
		this.#loader = new HistoryLoader({ room, root, connection, window: this.window, onChange });
		this.close = () => {
			this.#loader.reset();
			onClose();
		};
		this.loading = this.#loader.loading;
		const make = <T>(result: (items: MessageItems) => T) => computed(() => result(messageItems()));
		this.items = make((items) => this.#items(items));
		this.rootItem = make((items) => {
			const message = lookup(root);
			return typeof message === "object" ? items.stored(message, timeline.clientIds.get(root)) : undefined;
		});
		this.hasOlder = make(() => this.window.hasOlder);
		this.hasNewer = make(() => this.window.hasNewer && this.isLoaded);
	}

	readonly rootItem: Thread["rootItem"];
	readonly items: Thread["items"];
	readonly hasOlder: Thread["hasOlder"];
	readonly hasNewer: Thread["hasNewer"];
	readonly loading: Thread["loading"];
	readonly problem: Thread["problem"] = this.#problem;

	/** Whether the first page has been loaded. */
	get isLoaded(): boolean {
		return this.window.messages.length > 0 || !this.window.hasNewer;
	}

	start(): void {
		void this.jumpToNewest();
	}

	restart(): void {
		this.#loader.reset();
		this.window.clear();
		this.start();
	}

	loadOlder = () => this.#loader.load("older");
	loadNewer = () => this.#loader.load("newer");

	async jumpToNewest(): Promise<Refusal | undefined> {
		this.#problem.value = undefined;
		const refusal = await this.#loader.load("newest");
		if (!this.isLoaded) this.#problem.value = refusal;
		return refusal;
	}

	send(body: string, { reply = String(this.root), ...options }: SendOptions = {}): Refusal | undefined {
		void this.jumpToNewest();
		return this.#options.send(body, { reply, ...options });
	}

	#items(messageItems: MessageItems): Item[] {
		const { viewer, timeline } = this.#options;
		const { messages, hasOlder, hasNewer } = this.window;
		const { cursor, clientIds } = timeline;
		const pending = messageItems.messages.filter(({ root }) => root === this.root);
		const system: never[] = [];
		return buildItems({
			me: viewer,
			cursor,
			messages,
			hasOlder,
			// The pending replies are drawn while the first page is loading.
			hasNewer: hasNewer && this.isLoaded,
			pending,
			clientIds,
			systemItems: system,
			messageItems,
		});
	}
}
