/**
 * Subclasses of the two classes with which Engine.IO opens WebSockets: the server class `opts.wsEngine`, of which it creates
 * an instance when the server begins to listen, and the class of the WebSockets that this instance creates.
 */
import type { ChatServer } from "../connection.ts";
import type { DirectWrites } from "./direct-writes.ts";
import type { InternalEngine, InternalWebSocket, WebSocketClass } from "./internals.ts";
import { WS_OPEN } from "./internals.ts";
import { textFrame } from "./text-frame.ts";

/** Time that a WebSocket waits for the client's closing handshake. With the 30 s of ws, such WebSockets would not be limited. */
const CLOSE_TIMEOUT_MS = 2_000;

/** A WebSocket of ws, also before Engine.IO has it. */
export type EngineWebSocket = Pick<InternalWebSocket, "on" | "terminate" | "readyState">;

/** Calls `onWebSocket` with each WebSocket before Engine.IO has it, and writes directly where that is enabled. */
export function extendWebSockets(
	io: ChatServer,
	directWrites: DirectWrites,
	onWebSocket: (webSocket: EngineWebSocket) => void,
): void {
	const { opts } = io.engine as unknown as InternalEngine;
	opts.wsEngine = class extends opts.wsEngine {
		constructor(options: object) {
			super({ ...options, closeTimeout: CLOSE_TIMEOUT_MS });
			if (this.options?.WebSocket) this.options.WebSocket = writingDirectly(this.options.WebSocket, directWrites);
		}

		override handleUpgrade(...args: Parameters<InternalEngine["ws"]["handleUpgrade"]>): void {
			const done = args.pop() as (webSocket: InternalWebSocket) => void;
			super.handleUpgrade(...args, (webSocket) => {
				onWebSocket(webSocket);
				done(webSocket);
			});
		}
	};
}

export function isOpen({ readyState }: EngineWebSocket): boolean {
	return readyState === WS_OPEN;
}

/** Returns the bytes that a WebSocket's stream has not sent yet. */
export function bytesInStream(webSocket: EngineWebSocket | undefined): number {
	return (webSocket as InternalWebSocket | undefined)?._socket?.writableLength ?? 0;
}

/**
 * Writes a text for one client (an ack, a notice, the packets of a handshake) as one buffer, after which the connection
 * accepts the next packet at once. ws writes header and body as two buffers, and until both are written Engine.IO queues
 * everything else for the client: the entry of a room behind its author's ack, each time.
 *
 * Engine.IO sends a text by `send(text, done)` and accepts packets again when `done` is called. Without compression, ws
 * buffers no frame between `send` and the stream, so that direct writes keep the order.
 */
function writingDirectly(WebSocket: WebSocketClass, directWrites: DirectWrites): WebSocketClass {
	return class extends WebSocket {
		override send(data: unknown, ...rest: unknown[]): void {
			const [done] = rest;
			const stream = directWrites.areEnabled && this.readyState === WS_OPEN ? this._socket : undefined;
			if (typeof data !== "string" || typeof done !== "function" || !stream) {
				super.send(data, ...rest);
				return;
			}
			// Unread bytes wait in the stream, where SlowConsumers counts them.
			stream.write(textFrame(data));
			done();
		}
	};
}
