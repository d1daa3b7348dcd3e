import { batch, computed, type ReadonlySignal, signal } from "@preact/signals";
import type { ServerToClientEvents } from "../../app/protocol/events.ts";
import { MAX_JOINS } from "../../app/protocol/limits.ts";
import type { Cursor } from "../../app/protocol/log.ts";
import type { Refusal } from "../../app/protocol/refusal.ts";
import type { JoinData } from "../../app/protocol/room.ts";
import type { User } from "../../app/protocol/session.ts";
import type { ServerConnection } from "../connection/server-connection.ts";
import { JoinRequests } from "./join-requests.ts";
import { JoinedRoom } from "./joined-room.ts";
import type { Outbox } from "./outbox.ts";
import type { StoredMark } from "./read-mark.ts";
import type { Room } from "./room.ts";
import type { RoomStorage } from "./room-storage.ts";

/** The rooms that the user has joined on this device. They are kept over a reload. */
export type RoomList = {
	/** In the order of joining. */
	readonly joined: ReadonlySignal<readonly Room[]>;
	readonly current: ReadonlySignal<Room | undefined>;
	/** Joins a room and switches to it. Waits up to ten seconds for a connection. */
	join(name: string): Promise<Refusal | undefined>;
	/** Leaves at once, also without a connection, and switches to the next room. Drops the pending messages of the room. */
	leave(name: string): void;
	/** Takes a room off the list and switches to the next one; `leave` follows. It stays joined until then. */
	setAside(name: string): void;
	/** Puts such a room back and switches to it. */
	takeBack(name: string): void;
	switchTo(name: string): void;
};

const CONNECT_TIMEOUT_MS = 10_000;

export type JoinedRoomsOptions = {
	me: User;
	connection: ServerConnection;
	outbox: Outbox;
	storage: RoomStorage;
	/** Returns the names of the private rooms of which the user is a member. */
	listOwn(): Promise<readonly string[]>;
	/** Called with a sentence when the user was removed from a private room. */
	onRemoved(sentence: string): void;
};

/** The rooms of the signed-in user. Passes the events of the server to each. */
export class JoinedRooms implements RoomList {
	readonly #options: JoinedRoomsOptions;
	readonly #requests: JoinRequests;
	readonly #rooms = signal<readonly JoinedRoom[]>([]);
	/** The names of the rooms that are about to be left. */
	readonly #aside = signal<ReadonlySet<string>>(new Set());
	readonly #listed = computed(() => this.#rooms.value.filter(({ name }) => !this.#aside.value.has(name)));
	readonly #current = signal<JoinedRoom | undefined>();
	readonly #stops: (() => void)[];

	constructor(options: JoinedRoomsOptions) {
		this.#options = options;
		const { connection, storage } = options;
		this.#requests = new JoinRequests(connection);
		this.#rooms.value = storage.joined().map((name) => this.#create(name));
		this.#current.value = this.#find(storage.current()) ?? this.#rooms.peek()[0];
		this.#current.peek()?.open();
		const each = (action: (room: JoinedRoom) => void) => () => this.#rooms.peek().forEach(action);
		const one =
			<E extends "room:appended" | "room:closed" | "presence:diff" | "typing:changed" | "read:moved">(
				action: (room: JoinedRoom, payload: Parameters<ServerToClientEvents[E]>[0]) => void,
			) =>
			(payload: Parameters<ServerToClientEvents[E]>[0]) => {
				const room = this.#find(payload.room);
				if (room) action(room, payload);
			};
		this.#stops = [
			connection.onConnect(() => {
				this.#rejoinAll();
				// Those in which the user was not before, on this device.
				options.listOwn().then((names) => this.#add(names.slice(0, MAX_JOINS - this.#rooms.peek().length)));
			}),
			connection.on("room:added", ({ room }) => this.#add([room])),
			connection.onDisconnect(each((room) => room.disconnected())),
			connection.onWake(each((room) => room.wake())),
			connection.on(
				"room:appended",
				one<"room:appended">((room, { entries }) => room.appended(entries)),
			),
			connection.on(
				"room:closed",
				one<"room:closed">((room, { closed }) => {
					room.readOnly.value = closed;
				}),
			),
			connection.on(
				"presence:diff",
				one<"presence:diff">((room, diff) => room.presenceChanged(diff)),
			),
			connection.on(
				"typing:changed",
				one<"typing:changed">((room, { users }) => room.typingChanged(users)),
			),
			connection.on(
				"read:moved",
				one<"read:moved">((room, move) => room.readMark.moved(move)),
			),
		];
	}

	get joined(): ReadonlySignal<readonly Room[]> {
		return this.#listed;
	}
	get current(): ReadonlySignal<Room | undefined> {
		return this.#current;
	}

	/** Returns the newest entry of the room's log that has arrived. */
	cursorOf(name: string): Cursor | undefined {
		return this.#find(name)?.cursor;
	}

	/** Records the seq of an own message. */
	stored(name: string, clientId: string, seq: number): void {
		this.#find(name)?.stored(clientId, seq);
	}

	/** Drops a message that the server does not have any more. */
	missing(name: string, seq: number): void {
		this.#find(name)?.missing(seq);
	}

	/** Joins again: the server no longer knows the user as a member. */
	rejoin(name: string): void {
		this.#find(name)?.rejoin();
	}

	async join(name: string): Promise<Refusal | undefined> {
		if (this.#find(name)) {
			this.takeBack(name);
			this.switchTo(name);
			return undefined;
		}
		await this.#whenConnected();
		const joined = (data: JoinData) => batch(() => this.#joined(data));
		const ack = await this.#options.connection.request(
			"room:join",
			{ room: name },
			{ onAck: (ack) => ack.ok && joined(ack.data) },
		);
		return ack.ok ? undefined : ack.error;
	}

	leave(name: string): void {
		const room = this.#find(name);
		if (!room) return;
		const { connection, outbox, storage } = this.#options;
		this.setAside(name);
		batch(() => {
			outbox.leaveRoom(name);
			room.disconnected();
			this.#rooms.value = this.#rooms.peek().filter((other) => other !== room);
			this.#setAside(name, false);
		});
		storage.forget(name);
		connection.request("room:leave", { room: name });
	}

	setAside(name: string): void {
		const index = this.#listed.peek().findIndex((room) => room.name === name);
		if (index === -1) return;
		batch(() => {
			const wasCurrent = this.#current.peek()?.name === name;
			this.#setAside(name, true);
			const listed = this.#listed.peek();
			if (wasCurrent) this.#show(listed[index] ?? listed[index - 1]);
		});
	}

	takeBack(name: string): void {
		if (!this.#aside.peek().has(name)) return;
		this.#setAside(name, false);
		this.switchTo(name);
	}

	#setAside(name: string, aside: boolean): void {
		const names = new Set(this.#aside.peek());
		if (aside) names.add(name);
		else names.delete(name);
		this.#aside.value = names;
		// A reload leaves the rooms that are set aside.
		const { storage } = this.#options;
		if (aside) storage.removeJoined(name);
		else if (this.#find(name)) {
			const listed = this.#listed.peek();
			storage.addJoined(name, listed[listed.findIndex((room) => room.name === name) + 1]?.name);
		}
	}

	switchTo(name: string): void {
		const room = this.#find(name);
		if (room && room !== this.#current.peek()) this.#show(room);
	}

	/** Removes the listeners: the user has signed out. */
	close(): void {
		for (const stop of this.#stops) stop();
		for (const room of this.#rooms.peek()) room.disconnected();
	}

	#joined(data: JoinData): void {
		const known = this.#find(data.room);
		const room = known ?? this.#create(data.room);
		if (!known) this.#rooms.value = [...this.#rooms.peek(), room];
		room.enter(data);
		this.#show(room);
		if (!known) this.#options.storage.addJoined(room.name);
	}

	/** Adds private rooms of which the user is a member, and joins them. */
	#add(names: readonly string[]): void {
		const added = names.filter((name) => !this.#find(name)).map((name) => this.#create(name));
		this.#rooms.value = [...this.#rooms.peek(), ...added];
		this.#requests.together(() => {
			for (const room of added) {
				this.#options.storage.addJoined(room.name);
				room.rejoin();
			}
		});
	}

	/** Removes a room of which the user is no longer a member, and what this device has of it. */
	#removed(room: JoinedRoom, by: User | undefined): void {
		const { me, onRemoved } = this.#options;
		if (by?.id !== me.id) onRemoved(`You are no longer a member of ${room.title.peek()}.`);
		this.leave(room.name);
	}

	#show(room: JoinedRoom | undefined): void {
		if (room !== this.#current.peek()) this.#current.peek()?.close();
		this.#current.value = room;
		room?.open();
		this.#options.storage.setCurrent(room?.name);
	}

	#create(name: string): JoinedRoom {
		const { me, connection, outbox, storage } = this.#options;
		const onRead = (mark: StoredMark) => storage.setRead(name, mark);
		const draft = signal(storage.draft(name));
		draft.subscribe((text) => storage.setDraft(name, text));
		const room: JoinedRoom = new JoinedRoom({
			name,
			me,
			connection,
			requests: this.#requests,
			outbox,
			read: storage.read(name),
			onRead,
			draft,
			onRemoved: (by) => this.#removed(room, by),
		});
		return room;
	}

	/** Joins all rooms. The current one is the first, which the server never defers. */
	#rejoinAll(): void {
		const current = this.#current.peek();
		this.#requests.together(() => {
			current?.rejoin();
			for (const room of this.#rooms.peek()) if (room !== current) room.rejoin();
		});
	}

	#whenConnected(): Promise<void> {
		const { connection } = this.#options;
		if (connection.status.peek() === "online") return Promise.resolve();
		return new Promise((resolve) => {
			const done = () => {
				stop();
				clearTimeout(timer);
				resolve();
			};
			const stop = connection.onConnect(done);
			const timer = setTimeout(done, CONNECT_TIMEOUT_MS);
		});
	}

	#find(name: string | undefined): JoinedRoom | undefined {
		return this.#rooms.peek().find((room) => room.name === name);
	}
}
