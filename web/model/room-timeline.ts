import { JOIN_MESSAGES } from "../../app/protocol/limits.ts";
import type { Cursor, Entry } from "../../app/protocol/log.ts";
import type { JoinData } from "../../app/protocol/room.ts";
import type { User } from "../../app/protocol/session.ts";
import { buildItems, type PlacedItem } from "./build-items.ts";
import { foldAccess } from "./fold-access.ts";
import { foldPresence } from "./fold-presence.ts";
import type { Item, SystemItem } from "./item.ts";
import { LogFollower } from "./log-follower.ts";
import type { MessageItems } from "./message-items.ts";
import { MAX_TIMELINE_MESSAGES, MessageWindow } from "./message-window.ts";
import { RecentEntries } from "./recent-entries.ts";
import { serverNow } from "./server-clock.ts";

const MAX_SYSTEM_ITEMS = 50;

/** The log of a room as it arrives, the window of messages that is drawn, and the system items between them. */
export class RoomTimeline {
	readonly window: MessageWindow;
	readonly recent: RecentEntries;
	readonly #me: string;
	readonly #log = new LogFollower();
	readonly #clientIds = new Map<number, string>();
	#systemItems: PlacedItem[] = [];

	/** `me`: the id of the signed-in user. */
	constructor(me: string) {
		this.#me = me;
		this.recent = new RecentEntries(me);
		this.window = new MessageWindow({ viewer: me, recent: this.recent });
	}

	/** The clientIds of own messages whose ack has arrived on this page, by seq. */
	get clientIds(): ReadonlyMap<number, string> {
		return this.#clientIds;
	}

	/** The entry to resume after; undefined before the first join. */
	get cursor(): Cursor | undefined {
		return this.#log.cursor;
	}

	/** Whether entries are missing. */
	get hasGap(): boolean {
		return this.#log.hasGap;
	}

	/** Applies the result of a join. Returns the new entries, or undefined if the log starts over. */
	join(data: JoinData): Entry[] | undefined {
		if (data.entries) {
			const fresh = this.receive(data.entries);
			this.#log.noteHead(data.seq);
			return fresh;
		}
		const before = this.cursor;
		if (before && before.epoch !== data.epoch) this.#clientIds.clear();
		const early = this.#log.start(data);
		this.recent.restart(data.seq);
		this.window.restart(data.messages, data.messages.length >= JOIN_MESSAGES);
		this.#systemItems = [];
		if (before)
			this.#addItem((data.messages[0]?.seq ?? data.seq + 1) - 1, {
				kind: "restart",
				isNew: before.epoch !== data.epoch,
			});
		this.recent.add(early);
		this.window.append(early);
		return undefined;
	}

	/** Adds entries, in any order and possibly duplicated. Returns the new ones, in order. */
	receive(entries: readonly Entry[]): Entry[] {
		const fresh = this.#log.receive(entries);
		this.recent.add(fresh);
		this.window.append(fresh);
		for (const entry of fresh)
			if (entry.kind === "member" || entry.kind === "room")
				this.#systemItems = foldAccess(this.#systemItems, entry, nextKey).slice(-MAX_SYSTEM_ITEMS);
		return fresh;
	}

	/** Returns the seq of the own message with this clientId, if its ack has arrived on this page. */
	seqOf(clientId: string): number | undefined {
		for (const [seq, id] of this.#clientIds) if (id === clientId) return seq;
		return undefined;
	}

	/** Records which own message has this seq. */
	identify(seq: number, clientId: string): void {
		this.#clientIds.set(seq, clientId);
		// Messages on screen need their clientIds, and so do those that are about to arrive.
		const [oldest] = this.#clientIds.keys();
		if (this.#clientIds.size > 2 * MAX_TIMELINE_MESSAGES) this.#clientIds.delete(oldest!);
	}

	/** Adds an item after the messages that have arrived. */
	addSystemItem(item: NewSystemItem): void {
		this.#addItem(this.cursor?.seq ?? 0, item);
	}

	/** Adds that another user has joined or left. */
	addPresence(user: User, change: "joined" | "left"): void {
		const added = { user, change, at: serverNow(), after: this.cursor?.seq ?? 0 };
		this.#systemItems = foldPresence(this.#systemItems, added, nextKey).slice(-MAX_SYSTEM_ITEMS);
	}

	/** Returns the items to draw. */
	items(messageItems: MessageItems): Item[] {
		const { messages, hasOlder, hasNewer } = this.window;
		const { cursor } = this;
		return buildItems({
			me: this.#me,
			cursor,
			messages,
			hasOlder,
			hasNewer,
			pending: messageItems.messages,
			clientIds: this.#clientIds,
			systemItems: this.#systemItems,
			messageItems,
		});
	}

	#addItem(after: number, added: NewSystemItem): void {
		const item: SystemItem = { ...added, key: nextKey(), at: serverNow() };
		this.#systemItems = [...this.#systemItems, { after, item }].slice(-MAX_SYSTEM_ITEMS);
	}
}

type NewSystemItem = { kind: "welcome" } | { kind: "restart"; isNew: boolean };

let systemItemCount = 0;
const nextKey = () => `system-${++systemItemCount}`;
