import { randomUUID } from "node:crypto";
import { io, type ManagerOptions, type Socket, type SocketOptions } from "socket.io-client";
import type { ClientToServerEvents, ServerToClientEvents } from "../protocol/events.ts";
import type { Cursor, Entry } from "../protocol/log.ts";
import type { SendData } from "../protocol/message.ts";
import type { Ack } from "../protocol/refusal.ts";
import type { JoinData } from "../protocol/room.ts";
import type { SessionData, User } from "../protocol/session.ts";

export type ClientOptions = Partial<ManagerOptions & SocketOptions>;
type ServerEvent = keyof ServerToClientEvents;
type PayloadOf<E extends ServerEvent> = Parameters<ServerToClientEvents[E]>[0];

/** Long enough for a machine that is busy with other tests; a wait that takes this long has failed. */
const PATIENCE_MS = 15_000;

/** A real socket.io-client that remembers everything it was told, in order. */
export class TestClient {
	readonly user: User;
	readonly session: SessionData;
	readonly socket: Socket<ServerToClientEvents, ClientToServerEvents>;
	readonly #told: { event: string; payload: unknown }[] = [];
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
			this.#told.push({ event, payload });
			this.#look();
		});
		for (const event of ["connect", "disconnect", "connect_error"] as const) this.socket.on(event, () => this.#look());
	}

	/** Rejects with the server's refusal as `cause` where it does not let this client in. */
	async connected(): Promise<void> {
		if (this.socket.connected) return;
		await new Promise<void>((resolve, reject) => {
			this.socket.once("connect", resolve);
			this.socket.once("connect_error", (error: Error & { data?: unknown }) =>
				reject(new Error(error.message, { cause: error.data })),
			);
		});
	}

	/** Emits any event with any arguments, and answers what the server acknowledges. */
	request(event: string, ...args: unknown[]): Promise<Ack<never>> {
		const emitter = this.socket.timeout(PATIENCE_MS) as unknown as {
			emitWithAck(event: string, ...args: unknown[]): Promise<Ack<never>>;
		};
		return emitter.emitWithAck(event, ...args);
	}

	/** Joins or throws. */
	async join(room: string, after?: Cursor): Promise<JoinData> {
		return dataOf(await this.request("room:join", after ? { room, after } : { room }));
	}

	/** Sends a text or throws. */
	async send(room: string, body: string, clientId: string = randomUUID()): Promise<SendData> {
		return dataOf(await this.request("message:send", { room, clientId, body }));
	}

	/** Everything of one kind that came so far. */
	told<E extends ServerEvent>(event: E): PayloadOf<E>[] {
		return this.#told.filter((told) => told.event === event).map(({ payload }) => payload as PayloadOf<E>);
	}

	/** Every entry of a room that was announced so far. */
	entries(room: string): Entry[] {
		return this.told("room:appended").flatMap((appended) => (appended.room === room ? appended.entries : []));
	}

	/** Waits until `found` answers something. */
	async until<T>(found: () => T | undefined | false, what = "what the test waits for"): Promise<T> {
		for (const deadline = Date.now() + PATIENCE_MS; ; ) {
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

	/** Waits for the first event of a kind that fits. */
	next<E extends ServerEvent>(event: E, fits: (payload: PayloadOf<E>) => boolean = () => true): Promise<PayloadOf<E>> {
		return this.until(() => this.told(event).find(fits), event);
	}

	/** Waits until a room's entry with this `seq` was announced. */
	entry(room: string, seq: number): Promise<Entry> {
		return this.until(() => this.entries(room).find((entry) => entry.seq === seq), `entry ${seq} of ${room}`);
	}

	/** Cuts the line as a tunnel does: without a goodbye. */
	drop(): void {
		this.socket.io.engine.close();
	}

	/** Says goodbye. */
	close(): void {
		this.socket.disconnect();
	}

	#look(): void {
		for (const watcher of [...this.#watchers]) watcher();
	}
}

function dataOf<T>(ack: Ack<T>): T {
	if (!ack.ok) throw new Error(`${ack.error.code}: ${ack.error.message}`, { cause: ack.error });
	return ack.data;
}
