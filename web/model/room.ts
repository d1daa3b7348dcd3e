import type { ReadonlySignal } from "@preact/signals";
import type { PresenceSnapshot } from "../../app/protocol/presence.ts";
import type { Refusal } from "../../app/protocol/refusal.ts";
import type { User } from "../../app/protocol/session.ts";
import type { Item } from "./item.ts";
import type { Page } from "./message-window.ts";
import type { Unread } from "./unread.ts";

/** `joining` while there is no line or no answer yet; `refused`: `rejoin()` asks again, or leave it. */
export type RoomState = { phase: "joining" } | { phase: "live" } | { phase: "refused"; refusal: Refusal };

/** A room that this person joined, as the page shows it. Methods that answer a refusal answer undefined when all went well. */
export type Room = {
	/** As the server writes it (rule R1). */
	readonly name: string;
	readonly state: ReadonlySignal<RoomState>;
	rejoin(): void;

	/** What to draw, at most 300 messages and those that wait to be sent. */
	readonly items: ReadonlySignal<readonly Item[]>;
	/** Whether the room has messages above, and below, what is in `items`. */
	readonly hasOlder: ReadonlySignal<boolean>;
	readonly hasNewer: ReadonlySignal<boolean>;
	/** Which page is being fetched. */
	readonly loading: ReadonlySignal<Page | undefined>;
	/** While a page is being fetched, and where there is none, these do nothing. */
	loadOlder(): Promise<Refusal | undefined>;
	loadNewer(): Promise<Refusal | undefined>;
	/** Shows the newest messages; does nothing where they are shown. */
	jumpToNewest(): Promise<Refusal | undefined>;
	/**
	 * Whether the reader is at the end (true at first). While they are not, nothing is dropped above what they read: a
	 * full timeline takes in nothing new (`hasNewer`) until they come back.
	 */
	setFollowing(following: boolean): void;

	/** Who is here. Undefined until the server said it. */
	readonly presence: ReadonlySignal<PresenceSnapshot | undefined>;
	/** Who is typing, without oneself. */
	readonly typing: ReadonlySignal<readonly User[]>;
	/** To be called at every keystroke. */
	typed(): void;
	/** To be called when the composer was emptied or left. Sending does it by itself. */
	stoppedTyping(): void;

	readonly unread: ReadonlySignal<Unread>;
	/** The first unread message when the room was last opened: where "new" is written. */
	readonly newSince: ReadonlySignal<number | undefined>;
	/** To be called while the room is open, seen, and its end is in view. */
	markRead(): void;

	/** Queues a text; it shows in `items` at once, sent now or when the line is back. Refused only when too many wait. */
	send(body: string): Refusal | undefined;
	/** Asks the device where it is and queues the answer. A refusal's `message` is a sentence to show. */
	shareLocation(): Promise<Refusal | undefined>;
	readonly locating: ReadonlySignal<boolean>;
	/** Sends a failed message again, as the newest. */
	retry(clientId: string): void;
	/** Drops a failed message. */
	discard(clientId: string): void;
};
