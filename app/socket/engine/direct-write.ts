/**
 * The shortest way to a client: bytes that are framed already, straight to its TCP socket.
 *
 * What is relied on, found in engine.io 6.6 and ws 8: a line (`socket.conn`) has `readyState`, `writeBuffer` (what is
 * queued) and `transport` with `name` and `writable` (nothing is on its way through it); a WebSocket transport has
 * `socket`, the `ws` object, with `readyState` and `_socket`, the stream that it writes its frames to.
 */
import type { Writable } from "node:stream";

/** A WebSocket's `readyState` while it takes frames. */
export const WS_OPEN = 1;

export type Line = {
	readyState: string;
	writeBuffer: unknown[];
	transport: {
		name: string;
		writable: boolean;
		socket?: { readyState: number; _socket?: Writable; terminate?(): void };
	};
	close(discard?: boolean): void;
};

/** What is missing of the above on a line that has just been opened over WebSocket, if anything is. */
export function missingInternal(line: Partial<Line>): string | undefined {
	if (typeof line.readyState !== "string") return "conn.readyState";
	if (!Array.isArray(line.writeBuffer)) return "conn.writeBuffer";
	if (typeof line.transport?.writable !== "boolean") return "conn.transport.writable";
	if (line.transport.socket?.readyState !== WS_OPEN) return "conn.transport.socket.readyState";
	const stream = line.transport.socket._socket;
	if (typeof stream?.write !== "function" || typeof stream.writableLength !== "number")
		return "conn.transport.socket._socket";
	return undefined;
}

/**
 * The stream that a frame may be written to at once; `undefined` where it has to queue: behind packets that are still
 * on their way, whose order would not hold, or because the transport is another one.
 */
export function streamOf({ readyState, writeBuffer, transport }: Line): Writable | undefined {
	if (transport.name !== "websocket" || !transport.writable || writeBuffer.length > 0 || readyState !== "open")
		return undefined;
	return transport.socket?.readyState === WS_OPEN ? transport.socket._socket : undefined;
}
