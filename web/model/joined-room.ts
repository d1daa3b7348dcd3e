import { batch, computed, type Signal, signal } from "@preact/signals";
import type { Cursor, Entry } from "../../app/protocol/log.ts";
import type { Message } from "../../app/protocol/message.ts";
import type { PresenceDiff } from "../../app/protocol/presence.ts";
import type { Refusal } from "../../app/protocol/refusal.ts";
import type { JoinData } from "../../app/protocol/room.ts";
import type { User } from "../../app/protocol/session.ts";
import type { ServerConnection } from "../connection/server-connection.ts";
import { CatchUp } from "./catch-up.ts";
import { HistoryLoader } from "./history-loader.ts";
import type { Locate } from "./location.ts";
import type { Outbox } from "./outbox.ts";
import { PresenceList } from "./presence-list.ts";
import type { Room } from "./room.ts";
import { RoomMembership } from "./room-membership.ts";
import { RoomTimeline } from "./room-timeline.ts";
import { RoomUnread } from "./room-unread.ts";
import { Typing } from "./typing.ts";

export type JoinedRoomOptions = {
	name: string;
	me: User;
	connection: ServerConnection;
	outbox: Outbox;
	locate: Locate;
	/** The newest entry that was read on this device, if known. */
	read: Cursor | undefined;
	/** Called with the newest entry that has been read. */
	onRead(cursor: Cursor): void;
	draft: Signal<string>;
};

/** Connects the parts of one room. */
export class JoinedRoom implements Room {
	readonly name: string;
	readonly #options: JoinedRoomOptions;
	readonly #timeline: RoomTimeline;
	readonly #membership: RoomMembership;
	readonly #catchUp: CatchUp;
	readonly #history: HistoryLoader;
	readonly #presence: PresenceList;
	readonly #typing: Typing;
	readonly #unread: RoomUnread;
	/** Increases when the items to draw may have changed. */
	readonly #revision = signal(0);
	readonly #locating = signal(false);
	readonly #arrivals = new Set<(messages: readonly Message[]) => void>();

	constructor(options: JoinedRoomOptions) {
		const { name, me, connection, outbox, read, onRead } = options;
		this.name = name;
		this.#options = options;
		this.draft = options.draft;
		const timeline = new RoomTimeline(me);
		this.#timeline = timeline;
		this.#typing = new Typing(me.id, (event) => connection.emit(event, { room: name }));
		this.#membership = new RoomMembership({
			room: name,
			connection,
			cursor: () => timeline.cursor,
			onJoined: (data) => this.#joined(data),
			onRefused: () => outbox.pause(name),
		});
		this.#catchUp = new CatchUp({
			room: name,
			connection,
			head: () => timeline.cursor?.seq ?? 0,
			hasGap: () => timeline.hasGap,
			receive: (entries) => this.#receive(entries),
			giveUp: () => this.rejoin(),
		});
		this.#history = new HistoryLoader({
			room: name,
			connection,
			window: timeline.window,
			onChange: () => this.#changed(),
		});
		this.#unread = new RoomUnread({
			me: me.id,
			window: timeline.window,
			cursor: () => timeline.cursor,
			read,
			onRead,
			load: (seq) => this.#history.loadUnread(seq),
		});
		this.#presence = new PresenceList({
			me: me.id,
			refresh: () => this.rejoin(),
			onChange: (user, change) => this.#timeline.addPresence(user, change),
		});
		this.state = this.#membership.state;
		this.loading = this.#history.loading;
		this.presence = this.#presence.presence;
		this.unread = this.#unread.unread;
		this.newSince = this.#unread.newSince;
		this.typing = this.#typing.users;
		this.items = computed(() => {
			this.#revision.value;
			return timeline.items(outbox.pending.value.filter(({ room }) => room === name));
		});
		this.hasOlder = computed(() => this.#revision.value >= 0 && timeline.window.hasOlder);
		this.hasNewer = computed(() => this.#revision.value >= 0 && timeline.window.hasNewer);
	}

	readonly draft: Room["draft"];
	readonly state: Room["state"];
	readonly items: Room["items"];
	readonly hasOlder: Room["hasOlder"];
	readonly hasNewer: Room["hasNewer"];
	readonly loading: Room["loading"];
	readonly presence: Room["presence"];
	readonly typing: Room["typing"];
	readonly unread: Room["unread"];
	readonly newSince: Room["newSince"];
	readonly locating: Room["locating"] = this.#locating;

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
		this.#unread.open();
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
	wake(): void {
		if (this.#membership.isLive) this.#catchUp.check();
	}

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

	typingChanged(users: readonly User[]): void {
		this.#typing.changed(users);
	}

	/** Records the seq of an own message. */
	stored(clientId: string, seq: number): void {
		this.#timeline.identify(seq, clientId);
		this.#changed();
	}

	onArrived(listener: (messages: readonly Message[]) => void): () => void {
		this.#arrivals.add(listener);
		return () => this.#arrivals.delete(listener);
	}

	loadOlder = () => this.#history.load("older");
	loadNewer = () => this.#history.load("newer");
	jumpToNewest = () => this.#history.load("newest");

	setFollowing(following: boolean): void {
		this.#timeline.window.following = following;
	}

	typed = () => this.#typing.typed();
	stoppedTyping = () => this.#typing.stopped();

	markRead = (upTo?: number) => this.#unread.markRead(upTo);

	send(body: string): Refusal | undefined {
		this.#typing.stopped();
		this.jumpToNewest();
		return this.#options.outbox.add(this.name, { body });
	}

	async shareLocation(): Promise<Refusal | undefined> {
		if (this.#locating.peek()) return undefined;
		this.#locating.value = true;
		const located = await this.#options.locate();
		this.#locating.value = false;
		if (!located.ok) return located.error;
		this.jumpToNewest();
		return this.#options.outbox.add(this.name, { location: located.data });
	}

	retry = (clientId: string) => this.#options.outbox.retry(clientId);
	discard = (clientId: string) => this.#options.outbox.discard(clientId);

	#joined(data: JoinData): void {
		const { outbox } = this.#options;
		batch(() => {
			const wasHere = this.#timeline.cursor !== undefined;
			this.#catchUp.reset();
			const fresh = this.#timeline.join(data);
			this.#presence.snapshot(data.presence);
			if (fresh) this.#arrived(fresh);
			else {
				this.#history.reset();
				this.#unread.start(data.epoch, data.messages ?? [], !wasHere);
			}
			this.#changed();
		});
		this.#catchUp.fill();
		outbox.resume(this.name);
	}

	#receive(entries: readonly Entry[]): void {
		batch(() => {
			const fresh = this.#timeline.receive(entries);
			this.#arrived(fresh);
			for (const entry of fresh) if (entry.kind === "message") this.#typing.sentMessage(entry.author.id);
			this.#changed();
		});
	}

	#arrived(entries: readonly Entry[]): void {
		this.#unread.receive(entries);
		const { id } = this.#options.me;
		const messages = entries.filter((entry) => entry.kind === "message" && entry.author.id !== id) as Message[];
		if (messages.length > 0) for (const listener of this.#arrivals) listener(messages);
	}

	/** Updates the items and drops pending messages that the log shows. */
	#changed(): void {
		batch(() => {
			this.#revision.value++;
			this.#options.outbox.dropShown(this.name, this.#timeline.cursor?.seq ?? 0);
		});
	}
}
