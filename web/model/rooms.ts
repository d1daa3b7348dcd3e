import { batch, type ReadonlySignal, signal } from "@preact/signals";
import type { ServerToClientEvents } from "../../app/protocol/events.ts";
import type { Cursor } from "../../app/protocol/log.ts";
import type { Refusal } from "../../app/protocol/refusal.ts";
import type { JoinData } from "../../app/protocol/room.ts";
import type { User } from "../../app/protocol/session.ts";
import type { Connection } from "../connection/connection.ts";
import { JoinedRoom } from "./joined-room.ts";
import type { Locate } from "./location.ts";
import type { Outbox } from "./outbox.ts";
import type { Room } from "./room.ts";
import type { RoomMemory } from "./room-memory.ts";

/** The rooms this person is in on this device; they survive a reload. */
export type Rooms = {
	/** In the order in which they were joined. */
	readonly joined: ReadonlySignal<readonly Room[]>;
	readonly current: ReadonlySignal<Room | undefined>;
	/** Joins and makes it the current one; a room joined already is only switched to. Needs a line: waits a while for it. */
	join(name: string): Promise<Refusal | undefined>;
	/** Leaves at once, also without a line; its neighbour becomes the current one. What waits to be sent there is dropped. */
	leave(name: string): void;
	switchTo(name: string): void;
};

/** How long a person who joins waits for the line. */
const LINE_TIMEOUT_MS = 10_000;

export type JoinedRoomsOptions = {
	me: User;
	connection: Connection;
	outbox: Outbox;
	memory: RoomMemory;
	locate: Locate;
};

/** The rooms of one signed-in person, and what the server says of each. */
export class JoinedRooms implements Rooms {
	readonly #options: JoinedRoomsOptions;
	readonly #rooms = signal<readonly JoinedRoom[]>([]);
	readonly #current = signal<JoinedRoom | undefined>();
	readonly #stops: (() => void)[];

	constructor(options: JoinedRoomsOptions) {
		this.#options = options;
		const { connection, memory } = options;
		this.#rooms.value = memory.joined().map((name) => this.#create(name));
		this.#current.value = this.#find(memory.current()) ?? this.#rooms.peek()[0];
		const each = (act: (room: JoinedRoom) => void) => () => this.#rooms.peek().forEach(act);
		const one =
			<E extends "room:appended" | "presence:diff" | "typing:changed">(
				act: (room: JoinedRoom, payload: Parameters<ServerToClientEvents[E]>[0]) => void,
			) =>
			(payload: Parameters<ServerToClientEvents[E]>[0]) => {
				const room = this.#find(payload.room);
				if (room) act(room, payload);
			};
		this.#stops = [
			connection.onUp(() => this.#rejoinAll()),
			connection.onDown(each((room) => room.lineDown())),
			connection.onWake(each((room) => room.woke())),
			connection.on(
				"room:appended",
				one<"room:appended">((room, { entries }) => room.appended(entries)),
			),
			connection.on(
				"presence:diff",
				one<"presence:diff">((room, diff) => room.presenceChanged(diff)),
			),
			connection.on(
				"typing:changed",
				one<"typing:changed">((room, { users }) => room.typingChanged(users)),
			),
		];
	}

	get joined(): ReadonlySignal<readonly Room[]> {
		return this.#rooms;
	}
	get current(): ReadonlySignal<Room | undefined> {
		return this.#current;
	}

	/** Up to where a room's log was seen. */
	cursorOf(name: string): Cursor | undefined {
		return this.#find(name)?.cursor;
	}

	/** An ack has named the place of a message of ours. */
	stored(name: string, clientId: string, seq: number): void {
		this.#find(name)?.stored(clientId, seq);
	}

	/** The room does not know us any more, against what we thought. */
	rejoin(name: string): void {
		this.#find(name)?.rejoin();
	}

	async join(name: string): Promise<Refusal | undefined> {
		if (this.#find(name)) {
			this.switchTo(name);
			return undefined;
		}
		await this.#lineUp();
		const answered = (data: JoinData) => batch(() => this.#entered(data));
		const ack = await this.#options.connection.request(
			"room:join",
			{ room: name },
			{ answered: (ack) => ack.ok && answered(ack.data) },
		);
		return ack.ok ? undefined : ack.error;
	}

	leave(name: string): void {
		const room = this.#find(name);
		if (!room) return;
		const { connection, outbox, memory } = this.#options;
		const index = this.#rooms.peek().indexOf(room);
		batch(() => {
			room.lineDown();
			outbox.leaveRoom(name);
			this.#rooms.value = this.#rooms.peek().filter((other) => other !== room);
			if (this.#current.peek() === room) this.#turnTo(this.#rooms.peek()[index] ?? this.#rooms.peek()[index - 1]);
		});
		memory.forget(name);
		memory.setJoined(this.#names());
		connection.request("room:leave", { room: name });
	}

	switchTo(name: string): void {
		const room = this.#find(name);
		if (room && room !== this.#current.peek()) this.#turnTo(room);
	}

	/** Stops listening: somebody else is signed in, or nobody. */
	close(): void {
		for (const stop of this.#stops) stop();
		for (const room of this.#rooms.peek()) room.lineDown();
	}

	#entered(data: JoinData): void {
		const known = this.#find(data.room);
		const room = known ?? this.#create(data.room);
		if (!known) this.#rooms.value = [...this.#rooms.peek(), room];
		room.enter(data);
		this.#turnTo(room);
		this.#options.memory.setJoined(this.#names());
	}

	#turnTo(room: JoinedRoom | undefined): void {
		this.#current.value = room;
		room?.open();
		this.#options.memory.setCurrent(room?.name);
	}

	#create(name: string): JoinedRoom {
		const { me, connection, outbox, memory, locate } = this.#options;
		const onRead = (cursor: Cursor) => memory.setRead(name, cursor);
		return new JoinedRoom({ name, me, connection, outbox, locate, read: memory.read(name), onRead });
	}

	/** The one in view first: joins are limited in rate. */
	#rejoinAll(): void {
		const current = this.#current.peek();
		current?.rejoin();
		for (const room of this.#rooms.peek()) if (room !== current) room.rejoin();
	}

	#lineUp(): Promise<void> {
		const { connection } = this.#options;
		if (connection.status.peek() === "online") return Promise.resolve();
		return new Promise((resolve) => {
			const done = () => {
				stop();
				clearTimeout(timer);
				resolve();
			};
			const stop = connection.onUp(done);
			const timer = setTimeout(done, LINE_TIMEOUT_MS);
		});
	}

	#find(name: string | undefined): JoinedRoom | undefined {
		return this.#rooms.peek().find((room) => room.name === name);
	}

	#names(): string[] {
		return this.#rooms.peek().map(({ name }) => name);
	}
}
