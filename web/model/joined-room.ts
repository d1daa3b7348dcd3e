import { batch, computed, signal } from "@preact/signals";
import type { Cursor, Entry } from "../../app/protocol/log.ts";
import type { PresenceDiff } from "../../app/protocol/presence.ts";
import type { Refusal } from "../../app/protocol/refusal.ts";
import type { JoinData } from "../../app/protocol/room.ts";
import type { User } from "../../app/protocol/session.ts";
import type { Connection } from "../connection/connection.ts";
import { CatchUp } from "./catch-up.ts";
import type { Locate } from "./location.ts";
import { Membership } from "./membership.ts";
import type { Outbox } from "./outbox.ts";
import { Pages } from "./pages.ts";
import { People } from "./people.ts";
import type { Room } from "./room.ts";
import { Timeline } from "./timeline.ts";
import { Typing } from "./typing.ts";
import { type Unread, UnreadCounter } from "./unread.ts";

export type JoinedRoomOptions = {
	name: string;
	me: User;
	connection: Connection;
	outbox: Outbox;
	locate: Locate;
	/** Up to where it was read, on this device; undefined where nobody remembers. */
	read: Cursor | undefined;
	/** It was read up to here. */
	onRead(cursor: Cursor): void;
};

/** One room's parts, and what flows between them. */
export class JoinedRoom implements Room {
	readonly name: string;
	readonly #options: JoinedRoomOptions;
	readonly #timeline: Timeline;
	readonly #membership: Membership;
	readonly #catchUp: CatchUp;
	readonly #pages: Pages;
	readonly #people: People;
	readonly #typing: Typing;
	readonly #counter: UnreadCounter;
	/** Counts the changes of what is on screen. */
	readonly #revision = signal(0);
	readonly #unread = signal<Unread>({ count: 0, more: false });
	readonly #newSince = signal<number | undefined>();
	readonly #locating = signal(false);
	#read: Cursor | undefined;

	constructor(options: JoinedRoomOptions) {
		const { name, me, connection, outbox, read } = options;
		this.name = name;
		this.#options = options;
		this.#read = read;
		const timeline = new Timeline(me);
		this.#timeline = timeline;
		this.#counter = new UnreadCounter(me.id);
		this.#typing = new Typing(me.id, (event) => connection.tell(event, { room: name }));
		this.#membership = new Membership({
			room: name,
			connection,
			cursor: () => timeline.cursor,
			joined: (data) => this.#joined(data),
			refused: () => outbox.roomDown(name),
		});
		this.#catchUp = new CatchUp({
			room: name,
			connection,
			head: () => timeline.cursor?.seq ?? 0,
			hasHole: () => timeline.hasHole,
			take: (entries) => this.#take(entries),
			giveUp: () => this.rejoin(),
		});
		this.#pages = new Pages({ room: name, connection, window: timeline.window, changed: () => this.#changed() });
		this.#people = new People({
			me: me.id,
			refresh: () => this.rejoin(),
			told: (user, change) => this.#timeline.say({ kind: "presence", user, change }),
		});
		this.state = this.#membership.state;
		this.loading = this.#pages.loading;
		this.presence = this.#people.presence;
		this.typing = this.#typing.users;
		this.items = computed(() => {
			this.#revision.value;
			return timeline.items(outbox.pending.value.filter(({ room }) => room === name));
		});
		this.hasOlder = computed(() => this.#revision.value >= 0 && timeline.window.hasOlder);
		this.hasNewer = computed(() => this.#revision.value >= 0 && timeline.window.hasNewer);
	}

	readonly state: Room["state"];
	readonly items: Room["items"];
	readonly hasOlder: Room["hasOlder"];
	readonly hasNewer: Room["hasNewer"];
	readonly loading: Room["loading"];
	readonly presence: Room["presence"];
	readonly typing: Room["typing"];
	get unread(): Room["unread"] {
		return this.#unread;
	}
	get newSince(): Room["newSince"] {
		return this.#newSince;
	}
	get locating(): Room["locating"] {
		return this.#locating;
	}

	/** Up to where the log has been seen. */
	get cursor(): Cursor | undefined {
		return this.#timeline.cursor;
	}

	rejoin(): void {
		this.#people.snapshotAsked();
		this.#membership.join();
	}

	/** The person has just joined it, and this was the answer. */
	enter(data: JoinData): void {
		this.#membership.entered(data);
		this.#timeline.say({ kind: "welcome" });
		this.#changed();
	}

	/** The person turned to it. */
	open(): void {
		this.#newSince.value = this.#counter.first;
	}

	lineDown(): void {
		batch(() => {
			this.#options.outbox.roomDown(this.name);
			this.#membership.end();
			this.#catchUp.reset();
			this.#people.lineDown();
			this.#typing.clear();
		});
	}

	/** The device woke: what is shown may be old, and the line dead. */
	woke(): void {
		if (this.#membership.isLive) this.#catchUp.check();
	}

	appended(entries: readonly Entry[]): void {
		this.#take(entries);
		if (this.#membership.isLive) this.#catchUp.fill();
	}

	presenceChanged(diff: PresenceDiff): void {
		batch(() => {
			this.#people.diff(diff);
			this.#changed();
		});
	}

	typingChanged(users: readonly User[]): void {
		this.#typing.changed(users);
	}

	/** An ack has named the place of a message of ours. */
	stored(clientId: string, seq: number): void {
		this.#timeline.name(seq, clientId);
		this.#changed();
	}

	loadOlder = () => this.#pages.load("older");
	loadNewer = () => this.#pages.load("newer");
	jumpToNewest = () => this.#pages.load("newest");

	setFollowing(following: boolean): void {
		this.#timeline.window.following = following;
	}

	typed = () => this.#typing.typed();
	stoppedTyping = () => this.#typing.stopped();

	markRead(): void {
		const { cursor } = this.#timeline;
		if (!cursor || (this.#read?.epoch === cursor.epoch && this.#read.seq >= cursor.seq)) return;
		this.#read = cursor;
		this.#options.onRead(cursor);
		this.#counter.clear();
		this.#unread.value = this.#counter.value;
	}

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
			this.#people.snapshot(data.presence);
			if (fresh) this.#counter.take(fresh);
			else this.#startOver(data, wasHere);
			this.#changed();
		});
		this.#catchUp.fill();
		outbox.roomUp(this.name);
	}

	#startOver({ epoch, messages = [] }: JoinData, wasHere: boolean): void {
		this.#pages.reset();
		const { window } = this.#timeline;
		this.#counter.start(this.#read, epoch, window.messages.length > 0 ? window.messages : messages, window.hasOlder);
		// A room that was not read on this device, or lost its history, owes nobody its past.
		if (this.#read?.epoch !== epoch) this.markRead();
		if (!wasHere) this.open();
	}

	#take(entries: readonly Entry[]): void {
		batch(() => {
			const fresh = this.#timeline.take(entries);
			this.#counter.take(fresh);
			for (const entry of fresh) if (entry.kind === "message") this.#typing.spoke(entry.author.id);
			this.#changed();
		});
	}

	/** Draws anew, without our messages that the log shows by now. */
	#changed(): void {
		batch(() => {
			this.#revision.value++;
			this.#unread.value = this.#counter.value;
			this.#options.outbox.settle(this.name, this.#timeline.cursor?.seq ?? 0);
		});
	}
}
