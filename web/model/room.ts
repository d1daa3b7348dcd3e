import type { ReadonlySignal, Signal } from "@preact/signals";
import type { FileInfo } from "../../app/protocol/file.ts";
import type { Location, SentMessage } from "../../app/protocol/message.ts";
import type { SignedInUser } from "../../app/protocol/people.ts";
import type { PresenceSnapshot } from "../../app/protocol/presence.ts";
import type { PrivateRoomInfo } from "../../app/protocol/private-room.ts";
import type { Refusal } from "../../app/protocol/refusal.ts";
import type { User } from "../../app/protocol/session.ts";
import type { Item, MessageItem } from "./item.ts";
import type { Highlighted } from "./jump.ts";
import type { HistoryPage } from "./message-window.ts";
import type { Change } from "./pending.ts";
import type { Pins } from "./pins.ts";
import type { Thread, Threads } from "./threads.ts";
import type { Unread } from "./unread.ts";

/** `joining`: without a connection or an ack. `refused`: permanently, until `rejoin()`. */
export type RoomState = { phase: "joining" } | { phase: "live" } | { phase: "refused"; refusal: Refusal };

/** The first unread message, its time in milliseconds since 1970, and the number of unread messages from there. */
export type NewMarker = { seq: number; at: number; unread: Unread };

/** `reply`: the key of the message that is replied to. `mentions`: see `mentionsIn`. `files`: the device has them. */
export type SendOptions = {
	reply?: string | undefined;
	mentions?: readonly string[] | undefined;
	files?: readonly FileInfo[] | undefined;
};

/** A removal that can be undone: the key of the message, and until when, in milliseconds since 1970 by this device's clock. */
export type UndoableRemoval = { key: string; until: number };

/** A change of a message that was refused. `clientId` is the argument for `retry` and `discard`. */
export type FailedChange = {
	kind: Change["kind"];
	/** The key of the message. */
	key: string;
	/** For `jumpTo`; undefined while the message is not stored. */
	seq: number | undefined;
	clientId: string;
	refusal?: Refusal;
};

/**
 * A room that the user has joined, as the page shows it. Methods that may be refused return undefined on success. A `key`
 * is that of a message's item, stored or pending; a `seq` is that of a stored message.
 *
 * Messages and their changes go through the outbox: they are in `items` at once, also without a connection, survive a
 * reload, and are sent in the order of writing. What the server refuses permanently stays in `items` as failed, until
 * `retry` or `discard`.
 */
export type Room = {
	/** Normalized by the server (rule R1). */
	readonly name: string;
	/** The name of an open room, the title of a private one, and the other people of a direct one. */
	readonly title: ReadonlySignal<string>;
	/** What is known of a private or direct room. Undefined in an open one, and until the first join. */
	readonly info: ReadonlySignal<PrivateRoomInfo | undefined>;
	/** The signed-in user. */
	readonly me: SignedInUser;
	readonly state: ReadonlySignal<RoomState>;
	rejoin(): void;

	/** The items to draw: at most 300 messages of the log, and the pending ones. */
	readonly items: ReadonlySignal<readonly Item[]>;
	/** Whether the room has messages before, and after, those in `items`. */
	readonly hasOlder: ReadonlySignal<boolean>;
	readonly hasNewer: ReadonlySignal<boolean>;
	/** The page that is being loaded. */
	readonly loading: ReadonlySignal<HistoryPage | undefined>;
	/** No effect while a page is being loaded, or without such a page. */
	loadOlder(): Promise<Refusal | undefined>;
	loadNewer(): Promise<Refusal | undefined>;
	/** Shows the latest messages. No effect if they are shown already. */
	jumpToNewest(): Promise<Refusal | undefined>;
	/**
	 * Shows a message, with those around it in place of `items` if it is not among them, and sets `highlighted`. Refused
	 * with a sentence if the message is removed or was never there. A later jump replaces one that is being loaded.
	 */
	jumpTo(seq: number): Promise<Refusal | undefined>;
	/** Shows the first message at or after a time, in milliseconds since 1970; after the last one, the last one. */
	jumpToTime(at: number): Promise<Refusal | undefined>;
	/** The message to scroll to and to highlight: a new object for each jump. Undefined after `jumpToNewest` and `send`. */
	readonly highlighted: ReadonlySignal<Highlighted | undefined>;
	/**
	 * Sets whether the user is at the end (initially true), where the open room keeps 100 messages. Otherwise no older
	 * messages are dropped, and a full timeline leaves out new ones (`hasNewer`).
	 */
	setFollowing(following: boolean): void;

	/** Calls the listener with the messages of others that have just been sent, or were missed. Returns a function that removes it. */
	onArrived(listener: (messages: readonly SentMessage[]) => void): () => void;

	/** The members; undefined until the first join. */
	readonly presence: ReadonlySignal<PresenceSnapshot | undefined>;
	/** The other users who are typing. */
	readonly typing: ReadonlySignal<readonly User[]>;
	/** Call this at every keystroke. */
	typed(): void;
	/** Call this when the composer is emptied or loses the focus. `send` includes it. */
	stoppedTyping(): void;

	readonly unread: ReadonlySignal<Unread>;
	/** The number of unread messages that mention the user or everybody. An edit or a removal may take one back. */
	readonly mentions: ReadonlySignal<number>;
	/** What was unread when the room was last opened: the position of "New". */
	readonly newSince: ReadonlySignal<NewMarker | undefined>;
	/** Records that everything was read, or everything up to the message with this seq. */
	markRead(upTo?: number): void;
	/** As `markRead`, for what is in view. No effect after `markUnread`, until the room is opened again. */
	seen(upTo?: number): void;
	/** Marks the message with this seq and all after it as unread, on every device. */
	markUnread(from: number): void;
	/** Sets `newSince` to what is unread now: the user comes back to the room after not looking at it. */
	showUnread(): void;

	/** The unsent text of the composer, kept on this device. */
	readonly draft: Signal<string>;

	/**
	 * Queues a text. Refused only when too many messages and changes are pending, as the changes below. A reply to a message
	 * that failed stays queued until that one is sent or discarded. The text may be empty if there are files.
	 */
	send(body: string, options?: SendOptions): Refusal | undefined;
	/** Queues a location, as `send` queues a text. */
	sendLocation(location: Location): Refusal | undefined;
	/** Whether the room is closed: nobody can write in it. */
	readonly readOnly: ReadonlySignal<boolean>;
	/** Queues a failed message or change again, after all others. A reply to a removed message becomes a plain message. */
	retry(clientId: string): void;
	/** Drops a failed message or change. */
	discard(clientId: string): void;

	/**
	 * Changes the text of an own message; `mentions` are those of the new text. While it is pending the item has the new
	 * text and `edit`. A message that was not sent yet, or failed, is sent with the new text.
	 */
	edit(key: string, body: string, mentions?: readonly string[]): Refusal | undefined;
	/**
	 * Removes a message from `items` at once. It is in `removals` for 5 seconds and is sent after that, or when the page is
	 * hidden or closed. A message that was not sent yet, or failed, is discarded at once and can't be brought back.
	 */
	remove(key: string): Refusal | undefined;
	/** Brings back a message while it is in `removals`. */
	undoRemoval(key: string): void;
	readonly removals: ReadonlySignal<readonly UndoableRemoval[]>;
	/** Sets or unsets the user's reaction with an emoji. Unsetting one that was not sent yet drops both. */
	react(key: string, emoji: string, on: boolean): Refusal | undefined;
	/** Pins or unpins a message. */
	pin(key: string, on: boolean): Refusal | undefined;
	/** The refused changes, including those of messages that are not in `items`. */
	readonly failedChanges: ReadonlySignal<readonly FailedChange[]>;

	/** The pinned messages, by seq; undefined until `loadPinned` has loaded them. */
	readonly pinned: ReadonlySignal<readonly MessageItem[] | undefined>;
	/**
	 * Loads `pinned`, which is kept current from then on. No effect if it is loaded. `pins`: the code of pins, which the first
	 * load does not have.
	 */
	loadPinned(pins: typeof Pins): Promise<Refusal | undefined>;

	/**
	 * Opens the thread whose first message has this seq: the `thread` of an item, or the `seq` of one without. `threads`: the
	 * code of threads, which the first load does not have.
	 */
	openThread(root: number, threads: typeof Threads): Thread;

	/**
	 * Returns whom the composer completes after "@": at most 20 people, those in the room first, then authors of loaded
	 * messages; in small rooms then everybody, with the id EVERYBODY.
	 */
	mentionable(query: string): User[];
};
