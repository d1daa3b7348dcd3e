/**
 * What goes to one client (an ack, a notice, the packets of a handshake) as one buffer in one write, after which the
 * line takes the next packet at once. Stock, header and body are two buffers, and until Engine.IO hears that they are
 * written everything else for that client queues: the room's entry behind its author's ack, each time.
 *
 * What is relied on, found in engine.io 6.6 and ws 8: the class of `web-sockets.ts`, whose objects have `options` with
 * `WebSocket`, the class of the sockets that it makes; a socket has `readyState`, and `_socket`, the stream that it
 * writes to; Engine.IO sends a text by `send(text, done)`, and takes packets again when `done` is called. Without
 * compression nothing is ever on its way between `send` and the stream that a frame could overtake. Whatever else is
 * sent, or sent otherwise, goes the stock way.
 */
import type { Writable } from "node:stream";
import type { ChatServer } from "../connection.ts";
import { WS_OPEN } from "./direct-write.ts";
import { textFrame } from "./text-frame.ts";

type WebSocket = {
	readyState: number;
	_socket?: Writable;
	send(data: unknown, ...rest: unknown[]): void;
};
type WebSocketClass = new (...args: unknown[]) => WebSocket;
type Upgrader = { options: { WebSocket: WebSocketClass } };
type Engine = { opts: { wsEngine: new (options: object) => Upgrader } };

/** From now on, for the WebSockets that are opened on this server. Before it listens. */
export function sendDirectly(io: ChatServer): void {
	const { opts } = io.engine as unknown as Engine;
	opts.wsEngine = class extends opts.wsEngine {
		constructor(options: object) {
			super(options);
			this.options.WebSocket = sendingDirectly(this.options.WebSocket);
		}
	};
}

function sendingDirectly(WebSocket: WebSocketClass): WebSocketClass {
	return class extends WebSocket {
		override send(data: unknown, ...rest: unknown[]): void {
			const [done] = rest;
			const stream = this.readyState === WS_OPEN ? this._socket : undefined;
			if (typeof data !== "string" || typeof done !== "function" || !stream) {
				super.send(data, ...rest);
				return;
			}
			// What a line does not take waits in its stream, where slow-readers.ts counts it.
			stream.write(textFrame(data));
			done();
		}
	};
}
