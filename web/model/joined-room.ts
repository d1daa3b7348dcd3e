import { batch, computed, signal } from "@preact/signals";
import type { Cursor, Entry } from "../../app/protocol/log.ts";
import type { Location } from "../../app/protocol/message.ts";
import type { PresenceDiff } from "../../app/protocol/presence.ts";
import type { Refusal } from "../../app/protocol/refusal.ts";
import type { JoinData } from "../../app/protocol/room.ts";
import type { User } from "../../app/protocol/session.ts";
import type { Arrivals } from "./arrivals.ts";
import type { CatchUp } from "./catch-up.ts";
import type { Conversation } from "./conversation.ts";
import type { HistoryLoader } from "./history-loader.ts";
import type { Jump } from "./jump.ts";
import type { PresenceList } from "./presence-list.ts";
import type { ReadMark } from "./read-mark.ts";
import type { Room, SendOptions } from "./room.ts";
import type { RoomInfo } from "./room-info.ts";
import type { RoomMembership } from "./room-membership.ts";
import { createRoomParts, type JoinedRoomOptions } from "./room-parts.ts";
import type { RoomTimeline } from "./room-timeline.ts";
import type { Typing } from "./typing.ts";

/** One room: what the server sends goes to its parts, and the page sees them as one. */
export class JoinedRoom implements Room {
	readonly name: string;
	readonly me: Room["me"];
	readonly #options: JoinedRoomOptions;
	readonly #timeline: RoomTimeline;
	readonly #membership: RoomMembership;
	readonly #catchUp: CatchUp;
	readonly #history: HistoryLoader;
	readonly #jump: Jump;
	readonly #conversation: Conversation;
	readonly #presence: PresenceList;
	readonly #typing: Typing;
	readonly readMark: ReadMark;
	readonly #arrivals: Arrivals;
	readonly #info: RoomInfo;
	/** Increases when the items to draw may have changed. */
	readonly #revision = signal(0);

	constructor(options: JoinedRoomOptions) {
		this.name = options.name;
		this.me = options.me;
		this.#options = options;
		this.draft = options.draft;
		const parts = createRoomParts(options, {
			revision: this.#revision,
			onJoined: (data) => this.#joined(data),
			onEntries: (entries) => this.#receive(entries),
			onChange: () => this.#changed(),
			rejoin: () => this.rejoin(),
		});
		const { timeline, conversation } = parts;
		this.#timeline = timeline;
		this.#membership = parts.membership;
		this.#catchUp = parts.catchUp;
		this.#history = parts.history;
		this.#jump = parts.jump;
		this.#conversation = conversation;
		this.#presence = parts.presence;
		this.#typing = parts.typing;
		this.readMark = parts.readMark;
		this.#arrivals = parts.arrivals;
		this.#info = parts.info;
		this.title = parts.info.title;
		this.info = parts.info.info;
		this.state = this.#membership.state;
		this.loading = this.#history.loading;
		this.highlighted = this.#jump.highlighted;
		this.presence = this.#presence.presence;
		this.typing = this.#typing.users;
		this.unread = this.readMark.unread;
		this.mentions = this.readMark.mentions;
		this.newSince = this.readMark.newSince;
		this.pinned = conversation.pinned;
		this.removals = conversation.removals;
		this.failedChanges = conversation.failedChanges;
		this.items = computed(() => timeline.items(conversation.messageItems.value));
		this.hasOlder = computed(() => this.#revision.value >= 0 && timeline.window.hasOlder);
		this.hasNewer = computed(() => this.#revision.value >= 0 && timeline.window.hasNewer);
	}

	readonly title: Room["title"];
	readonly info: Room["info"];
	readonly draft: Room["draft"];
	readonly state: Room["state"];
	readonly items: Room["items"];
	readonly hasOlder: Room["hasOlder"];
	readonly hasNewer: Room["hasNewer"];
	readonly loading: Room["loading"];
	readonly highlighted: Room["highlighted"];
	readonly presence: Room["presence"];
	readonly typing: Room["typing"];
	readonly unread: Room["unread"];
	readonly mentions: Room["mentions"];
	readonly newSince: Room["newSince"];
	readonly pinned: Room["pinned"];
	readonly removals: Room["removals"];
	readonly failedChanges: Room["failedChanges"];
	readonly readOnly = signal(false);

	/** The newest entry of the log before which none is missing. */
	get cursor(): Cursor | undefined {
		return this.#timeline.cursor;
	}

	rejoin(): void {
		this.#presence.snapshotRequested();
		this.#membership.join();
	}

	/** Takes over the join by which the user entered the room. */
	enter(data: JoinData): void {
		this.#membership.accept(data);
		this.#timeline.addSystemItem({ kind: "welcome" });
		this.#changed();
	}

	/** Call this when the user switches to the room. */
	open(): void {
		this.#timeline.window.shown = true;
		this.readMark.open();
		this.#changed();
	}

	/** Call this when the user switches to another room. */
	close(): void {
		this.#timeline.window.shown = false;
	}

	disconnected(): void {
		batch(() => {
			this.#options.outbox.pause(this.name);
			this.#membership.suspend();
			this.#catchUp.reset();
			this.#presence.disconnected();
			this.#typing.clear();
		});
	}

	/** Checks for missed entries after the device woke. */
	wake = () => this.#membership.isLive && this.#catchUp.check();

	appended(entries: readonly Entry[]): void {
		this.#receive(entries);
		if (this.#membership.isLive) this.#catchUp.fill();
	}

	presenceChanged(diff: PresenceDiff): void {
		batch(() => {
			this.#presence.diff(diff);
			this.#changed();
		});
	}

	typingChanged = (users: readonly User[]) => this.#typing.changed(users);

	/** Records the seq of an own message. */
	stored(clientId: string, seq: number): void {
		this.#timeline.identify(seq, clientId);
		this.#changed();
	}

	/** Drops a message that the server does not have any more. */
	missing(seq: number): void {
		for (const part of [this.#timeline.window, this.#conversation]) part.drop(seq);
		this.#changed();
	}

	onArrived: Room["onArrived"] = (listener) => this.#arrivals.listen(listener);
	loadOlder = () => this.#history.load("older");
	loadNewer = () => this.#history.load("newer");
	jumpTo = (seq: number) => this.#jump.to(seq);
	jumpToTime = (at: number) => this.#jump.toTime(at);
	jumpToNewest = () => this.#jump.toNewest();

	setFollowing(following: boolean): void {
		this.#timeline.window.following = following;
	}

	typed = () => this.#typing.typed();
	stoppedTyping = () => this.#typing.stopped();
	markRead = (upTo?: number) => this.readMark.mark(upTo);
	seen = (upTo?: number) => this.readMark.seen(upTo);
	markUnread = (from: number) => this.readMark.markUnread(from);
	showUnread = () => this.readMark.showUnread();

	send(body: string, options?: SendOptions): Refusal | undefined {
		this.#typing.stopped();
		this.jumpToNewest();
		return this.#conversation.send(body, options);
	}

	sendLocation(location: Location): Refusal | undefined {
		this.jumpToNewest();
		return this.#options.outbox.add(this.name, { location });
	}

	retry = (clientId: string) => this.#conversation.retry(clientId);
	discard = (clientId: string) => this.#options.outbox.discard(clientId);
	edit: Room["edit"] = (...args) => this.#conversation.edit(...args);
	remove: Room["remove"] = (key) => this.#conversation.remove(key);
	undoRemoval: Room["undoRemoval"] = (key) => this.#conversation.undoRemoval(key);
	react: Room["react"] = (...args) => this.#conversation.react(...args);
	pin: Room["pin"] = (...args) => this.#conversation.pin(...args);
	loadPinned: Room["loadPinned"] = (pins) => this.#conversation.loadPinned(pins);
	openThread: Room["openThread"] = (...args) => this.#conversation.openThread(...args);
	mentionable: Room["mentionable"] = (query) => this.#conversation.mentionable(query);

	#joined(data: JoinData): void {
		batch(() => {
			this.readOnly.value = !!data.closed;
			this.#info.info.value = data.info;
			const wasHere = this.#timeline.cursor !== undefined;
			this.#catchUp.reset();
			const fresh = this.#timeline.join(data);
			this.#presence.snapshot(data.presence);
			if (fresh) this.#process(fresh);
			else {
				this.#history.reset();
				this.readMark.start(data.messages ?? [], data.read);
				if (wasHere) this.#conversation.reset();
				else this.readMark.open();
			}
			this.readMark.resume(data.read);
			this.#changed();
		});
		this.#catchUp.fill();
		this.#conversation.resume();
		this.#options.outbox.resume(this.name);
	}

	#receive(entries: readonly Entry[]): void {
		batch(() => {
			const fresh = this.#timeline.receive(entries);
			this.#process(fresh);
			for (const entry of fresh) if (entry.kind === "message") this.#typing.sentMessage(entry.author.id);
			this.#changed();
		});
	}

	/** Applies entries that are new, and that the timeline has. */
	#process(fresh: readonly Entry[]): void {
		for (const part of [this.readMark, this.#arrivals, this.#conversation, this.#info]) part.receive(fresh);
	}

	/** Updates the items and drops what the log shows from the outbox. */
	#changed(): void {
		batch(() => {
			this.#revision.value++;
			this.readMark.publish();
			this.#options.outbox.dropShown(this.name, this.#timeline.cursor?.seq ?? 0);
		});
		this.#conversation.loadQuotes();
	}
}
