import type { Limits } from "../../room/limits.ts";
import type { Clock } from "../../room/ports/clock.ts";
import { DISCONNECTS } from "../../room/ports/disconnect.ts";
import { RateLimiter } from "../../room/rate-limiter.ts";
import type { ChatServer } from "../connection.ts";
import type { Disconnector } from "../disconnect.ts";
import { type EngineConnection, webSocketOf } from "../engine/connection.ts";
import { bytesInStream, type EngineWebSocket, isOpen } from "../engine/web-sockets.ts";

/** A packet counts once more for each KiB. */
const PACKET_BYTES = 1_024;
/** A millisecond for which the client's packets hold up the event loop counts as this many packets. */
const PACKETS_PER_MS = 4;

type PacketFloodDeps = {
	limits: Pick<Limits, "packets" | "unsentBytes">;
	clock: Pick<Clock, "monotonic">;
	disconnector: Pick<Disconnector, "connection" | "terminate">;
};

/**
 * Disconnects clients that send more than `LIMIT_PACKETS_PER_S` allows. Everything counts, from the first frame on, whether it
 * is an event or not and whether the client has signed in or not: frames of a WebSocket, its pings and pongs, and the packets
 * of polling. Long packets and those that take long count more.
 *
 * ws sends a pong for each ping, so that unread pongs also count towards the limit of unsent bytes.
 */
export class PacketFloodGuard {
	readonly #packets: RateLimiter;
	readonly #maxUnsentBytes: number;
	readonly #disconnector: PacketFloodDeps["disconnector"];
	readonly #keys = new WeakMap<object, string>();
	/** Those that are disconnected and have not closed yet. */
	readonly #disconnected = new WeakSet<object>();
	#opened = 0;
	// One function each for all connections: a closure for each would cost memory.
	readonly #onFrame: (this: EngineWebSocket, data: { length: number }) => void;
	readonly #onPing: (this: EngineWebSocket, data: { length: number }) => void;
	readonly #onPacket: (this: EngineConnection, packet: { data?: { length: number } | undefined }) => void;

	constructor({ limits, clock, disconnector }: PacketFloodDeps) {
		this.#packets = new RateLimiter(limits.packets, clock);
		this.#maxUnsentBytes = limits.unsentBytes === 0 ? Number.POSITIVE_INFINITY : limits.unsentBytes;
		this.#disconnector = disconnector;
		const guard = this;
		this.#onFrame = function (data) {
			guard.#countFrame(this, data.length);
		};
		this.#onPing = function (data) {
			if (!guard.#countFrame(this, data.length) || bytesInStream(this) <= guard.#maxUnsentBytes) return;
			guard.#disconnected.add(this);
			guard.#disconnector.terminate(this, DISCONNECTS.slowConsumer);
		};
		this.#onPacket = function ({ data }) {
			// The frames of a WebSocket are counted before.
			if (webSocketOf(this) !== undefined || guard.#disconnected.has(this)) return;
			if (guard.#take(this, data?.length ?? 0)) return;
			guard.#disconnected.add(this);
			guard.#disconnector.connection(this, DISCONNECTS.flood);
		};
	}

	/** Guards a WebSocket, also one that never becomes a connection of Engine.IO. */
	watchWebSocket(webSocket: EngineWebSocket): void {
		webSocket.on("message", this.#onFrame);
		webSocket.on("pong", this.#onFrame);
		webSocket.on("ping", this.#onPing);
	}

	/** Guards the polling connections of `io`, whose engine must exist. */
	watchPolling(io: ChatServer): void {
		io.engine.on("connection", (connection: EngineConnection) => connection.on("packet", this.#onPacket));
	}

	/** Returns whether a packet of the connection may be handled: false from the first excess packet on. */
	admits(connection: EngineConnection): boolean {
		return !this.#disconnected.has(webSocketOf(connection) ?? connection);
	}

	/** Counts the time that a packet of the connection took. */
	tookMs(connection: EngineConnection, ms: number): void {
		this.#packets.charge(this.#keyOf(webSocketOf(connection) ?? connection), ms * PACKETS_PER_MS);
	}

	/** Returns whether the WebSocket is still open. Frames of one read may follow the one that ended it. */
	#countFrame(webSocket: EngineWebSocket, bytes: number): boolean {
		if (!isOpen(webSocket)) return false;
		if (this.#take(webSocket, bytes)) return true;
		this.#disconnected.add(webSocket);
		this.#disconnector.terminate(webSocket, DISCONNECTS.flood);
		return false;
	}

	#take(sender: object, bytes: number): boolean {
		return this.#packets.take(this.#keyOf(sender), 1 + Math.floor(bytes / PACKET_BYTES)) === 0;
	}

	#keyOf(sender: object): string {
		let key = this.#keys.get(sender);
		if (key === undefined) {
			key = String(this.#opened++);
			this.#keys.set(sender, key);
		}
		return key;
	}
}
