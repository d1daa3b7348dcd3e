import type { ReadonlySignal, Signal } from "@preact/signals";
import type { Message } from "../../app/protocol/message.ts";
import type { PresenceSnapshot } from "../../app/protocol/presence.ts";
import type { Refusal } from "../../app/protocol/refusal.ts";
import type { User } from "../../app/protocol/session.ts";
import type { Item } from "./item.ts";
import type { HistoryPage } from "./message-window.ts";
import type { Unread } from "./unread.ts";

/** `joining`: without a connection or an ack. `refused`: permanently, until `rejoin()`. */
export type RoomState = { phase: "joining" } | { phase: "live" } | { phase: "refused"; refusal: Refusal };

/** The first unread message, its time in milliseconds since 1970, and the number of unread messages from there. */
export type NewMarker = { seq: number; at: number; unread: Unread };

/** A room that the user has joined, as the page shows it. Methods that may be refused return undefined on success. */
export type Room = {
	/** Normalized by the server (rule R1). */
	readonly name: string;
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
	 * Sets whether the user is at the end (initially true), where the open room keeps 100 messages. Otherwise no older
	 * messages are dropped, and a full timeline leaves out new ones (`hasNewer`).
	 */
	setFollowing(following: boolean): void;

	/** Calls the listener with the messages of others that have just been sent, or were missed. Returns a function that removes it. */
	onArrived(listener: (messages: readonly Message[]) => void): () => void;

	/** The members; undefined until the first join. */
	readonly presence: ReadonlySignal<PresenceSnapshot | undefined>;
	/** The other users who are typing. */
	readonly typing: ReadonlySignal<readonly User[]>;
	/** Call this at every keystroke. */
	typed(): void;
	/** Call this when the composer is emptied or loses the focus. `send` includes it. */
	stoppedTyping(): void;

	readonly unread: ReadonlySignal<Unread>;
	/** What was unread when the room was last opened: the position of "New". */
	readonly newSince: ReadonlySignal<NewMarker | undefined>;
	/** Records that everything was read, or everything up to the message with this seq. */
	markRead(upTo?: number): void;

	/** The unsent text of the composer, kept on this device. */
	readonly draft: Signal<string>;

	/** Queues a text, which is in `items` at once. Refused only when too many messages are pending. */
	send(body: string): Refusal | undefined;
	/** Requests the position from the device and queues it. The `message` of a refusal is a sentence to show. */
	shareLocation(): Promise<Refusal | undefined>;
	readonly locating: ReadonlySignal<boolean>;
	/** Queues a failed message again, after all others. */
	retry(clientId: string): void;
	/** Drops a failed message. */
	discard(clientId: string): void;
};
