/**
 * What is asked of every WebSocket before Engine.IO has it, so also of those that never become a line.
 *
 * What is relied on, found in engine.io 6.6 and ws 8: `wsEngine` is the class whose object makes a WebSocket of each
 * upgrade, by `handleUpgrade`, and the engine makes that object anew when the server begins to listen; `closeTimeout` is
 * how long a WebSocket waits for the other side's goodbye; it tells of a ping after it has answered it; `_socket` is the
 * stream that it writes to.
 */
import type { EventEmitter } from "node:events";
import type { Writable } from "node:stream";
import type { Limits } from "../../room/limits.ts";
import type { Clock } from "../../room/ports/clock.ts";
import { DISCONNECTS, type Disconnect } from "../../room/ports/disconnect.ts";
import { RateLimiter } from "../../room/rate-limiter.ts";
import type { ChatServer } from "../connection.ts";
import { WS_OPEN } from "../engine/direct-write.ts";

/** ws waits 30 seconds, in which nobody counts the line any more. */
const GOODBYE_MS = 2_000;

type WebSocket = EventEmitter & {
	readyState: number;
	_socket?: Writable;
	terminate(): void;
};
type Upgrader = {
	handleUpgrade(...args: [...upgrade: unknown[], done: (webSocket: WebSocket) => void]): void;
};
type Engine = { opts: { wsEngine: new (options: object) => Upgrader } };

type HoldOptions = {
	limits: Pick<Limits, "packets" | "unsentBytes">;
	clock: Clock;
	onDisconnect: (disconnect: Disconnect) => void;
};

/**
 * Each ping is answered, which costs time, and memory where the answers are not read: so there are as many of them a
 * second as packets, and no more answers wait than anything else may.
 */
export function guardPings(io: ChatServer, { limits, clock, onDisconnect }: HoldOptions): void {
	const pings = new RateLimiter(limits.packets, clock);
	const maxBytes = limits.unsentBytes === 0 ? Number.POSITIVE_INFINITY : limits.unsentBytes;
	let opened = 0;

	function hold(webSocket: WebSocket): void {
		const key = String(opened++);
		webSocket.on("ping", () => {
			if (webSocket.readyState !== WS_OPEN) return; // the rest of what was read with the ping that was one too many
			const isFlood = pings.take(key) > 0;
			if (!isFlood && (webSocket._socket?.writableLength ?? 0) <= maxBytes) return;
			onDisconnect(isFlood ? DISCONNECTS.flood : DISCONNECTS.slowConsumer);
			webSocket.terminate();
		});
	}

	const { opts } = io.engine as unknown as Engine;
	opts.wsEngine = class extends opts.wsEngine {
		constructor(options: object) {
			super({ ...options, closeTimeout: GOODBYE_MS });
		}

		override handleUpgrade(...args: Parameters<Upgrader["handleUpgrade"]>): void {
			const done = args.pop() as (webSocket: WebSocket) => void;
			super.handleUpgrade(...args, (webSocket) => {
				hold(webSocket);
				done(webSocket);
			});
		}
	};
}
