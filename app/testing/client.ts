import { randomUUID } from "node:crypto";
import { io, type ManagerOptions, type Socket, type SocketOptions } from "socket.io-client";
import type { ClientToServerEvents, ServerToClientEvents } from "../protocol/events.ts";
import type { Cursor, Entry } from "../protocol/log.ts";
import type { HistoryData, HistoryPayload, SendData } from "../protocol/message.ts";
import type { Ack } from "../protocol/refusal.ts";
import type { JoinData } from "../protocol/room.ts";
import type { SessionData, User } from "../protocol/session.ts";

export type ClientOptions = Partial<ManagerOptions & SocketOptions>;
export type ChangeEvent = "message:edit" | "message:remove" | "reaction:set" | "pin:set";
type ServerEvent = keyof ServerToClientEvents;
type PayloadOf<E extends ServerEvent> = Parameters<ServerToClientEvents[E]>[0];

/** Timeout of every wait: long, because the machine may be busy with other tests. */
const TIMEOUT_MS = 15_000;

/** A real socket.io-client that records the events that it receives, in order. */
export class TestClient {
	readonly user: User;
	readonly session: SessionData;
	readonly socket: Socket<ServerToClientEvents, ClientToServerEvents>;
	readonly #received: { event: string; payload: unknown }[] = [];
	#watchers = new Set<() => void>();

	constructor(url: string, session: SessionData, options: ClientOptions = {}) {
		this.session = session;
		this.user = session.user;
		this.socket = io(url, {
			auth: { v: 1, token: session.token },
			transports: ["websocket"],
			reconnection: false,
			forceNew: true,
			...options,
		});
		this.socket.onAny((event: string, payload: unknown) => {
			this.#received.push({ event, payload });
			this.#notify();
		});
		for (const event of ["connect", "disconnect", "connect_error"] as const)
			this.socket.on(event, () => this.#notify());
	}

	/** Resolves when the client is connected. Rejects with the server's refusal as `cause`. */
	async connected(): Promise<void> {
		if (this.socket.connected) return;
		await new Promise<void>((resolve, reject) => {
			this.socket.once("connect", resolve);
			this.socket.once("connect_error", (error: Error & { data?: unknown }) =>
				reject(new Error(error.message, { cause: error.data })),
			);
		});
	}

	/** Emits any event with any arguments. Returns its ack. */
	request(event: string, ...args: unknown[]): Promise<Ack<never>> {
		const emitter = this.socket.timeout(TIMEOUT_MS) as unknown as {
			emitWithAck(event: string, ...args: unknown[]): Promise<Ack<never>>;
		};
		return emitter.emitWithAck(event, ...args);
	}

	/** Joins a room. Rejects if that is refused. */
	async join(room: string, after?: Cursor): Promise<JoinData> {
		return dataOf(await this.request("room:join", after ? { room, after } : { room }));
	}

	/** Sends a text. Rejects if that is refused. */
	async send(room: string, body: string, clientId: string = randomUUID()): Promise<SendData> {
		return dataOf(await this.request("message:send", { room, clientId, body }));
	}

	/** Emits a change of a message, with a clientId unless the payload has one. Rejects if that is refused. */
	async change(
		event: ChangeEvent,
		payload: { room: string; target: number; [field: string]: unknown },
	): Promise<SendData> {
		return dataOf(await this.request(event, { clientId: randomUUID(), ...payload }));
	}

	/** Reads a page of a room's messages. Rejects if that is refused. */
	async history(payload: HistoryPayload): Promise<HistoryData> {
		return dataOf(await this.request("message:history", payload));
	}

	/** Returns the payloads of an event that were received so far. */
	received<E extends ServerEvent>(event: E): PayloadOf<E>[] {
		return this.#received.filter((received) => received.event === event).map(({ payload }) => payload as PayloadOf<E>);
	}

	/** Returns the entries of a room that were received so far. */
	entries(room: string): Entry[] {
		return this.received("room:appended").flatMap((appended) => (appended.room === room ? appended.entries : []));
	}

	/** Waits until `found` returns something other than undefined and false, and returns it. */
	async until<T>(found: () => T | undefined | false, what = "what the test waits for"): Promise<T> {
		for (const deadline = Date.now() + TIMEOUT_MS; ; ) {
			const result = found();
			if (result !== undefined && result !== false) return result;
			if (Date.now() > deadline) throw new Error(`${this.user.name} never saw ${what}`);
			await new Promise<void>((resolve) => {
				const done = () => {
					clearTimeout(timer);
					this.#watchers.delete(done);
					resolve();
				};
				const timer = setTimeout(done, 50);
				this.#watchers.add(done);
			});
		}
	}

	/** Returns the first payload of an event that `fits`, waiting for it if necessary. */
	next<E extends ServerEvent>(event: E, fits: (payload: PayloadOf<E>) => boolean = () => true): Promise<PayloadOf<E>> {
		return this.until(() => this.received(event).find(fits), event);
	}

	/** Returns a room's entry with this `seq`, waiting for it if necessary. */
	entry(room: string, seq: number): Promise<Entry> {
		return this.until(() => this.entries(room).find((entry) => entry.seq === seq), `entry ${seq} of ${room}`);
	}

	/** Closes the connection without a disconnect packet, as a lost network does. */
	drop(): void {
		this.socket.io.engine.close();
	}

	/** Disconnects with a disconnect packet. */
	close(): void {
		this.socket.disconnect();
	}

	#notify(): void {
		for (const watcher of [...this.#watchers]) watcher();
	}
}

function dataOf<T>(ack: Ack<T>): T {
	if (!ack.ok) throw new Error(`${ack.error.code}: ${ack.error.message}`, { cause: ack.error });
	return ack.data;
}
