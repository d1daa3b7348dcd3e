import type { IncomingMessage } from "node:http";
import type { ChatServer } from "../connection.ts";
import type { InternalConnection, InternalEngine } from "./internals.ts";
import { bytesInStream, type EngineWebSocket } from "./web-sockets.ts";

export type EnginePacket = { type: string; data?: string | Buffer };

type On<E extends string, Args extends unknown[]> = (
	event: E,
	listener: (this: EngineConnection, ...args: Args) => void,
) => void;

/** The public part of Engine.IO's connection of a client (`socket.conn`), over polling or WebSocket. */
export type EngineConnection = {
	readonly request: IncomingMessage;
	once: On<"close", []>;
	/** `packet`: received from the client. `packetCreate`: about to be queued for the client. */
	on: On<"packet" | "packetCreate", [packet: EnginePacket]>;
	off: On<"packet", [packet: EnginePacket]>;
	/**
	 * Closes the transport after the queued packets are sent. With `discard`, closes it at once, emits `close` synchronously
	 * and ignores the packets that were read already.
	 */
	close(discard?: boolean): void;
};

/** Returns every open connection. */
export function connectionsOf(io: ChatServer): EngineConnection[] {
	// The type of `clients` is protected.
	return Object.values((io.engine as unknown as InternalEngine).clients) as EngineConnection[];
}

/** Returns the connection's WebSocket; undefined over polling. */
export function webSocketOf(connection: EngineConnection): EngineWebSocket | undefined {
	return transportOf(connection).socket;
}

/** Returns the bytes that a WebSocket's stream has not sent yet; 0 over polling. */
export function unsentBytes(connection: EngineConnection): number {
	return bytesInStream(transportOf(connection).socket);
}

/**
 * Ends a connection without waiting for the client or for queued packets. Emits `close` later, so that it may be called while
 * packets are being written.
 */
export function terminate(connection: EngineConnection): void {
	const { socket } = transportOf(connection);
	if (socket?.terminate) socket.terminate();
	else connection.close(true);
}

/** Resolves when the transport has ended. Engine.IO emits `close` before a WebSocket's closing handshake. */
export function transportClosed(connection: EngineConnection): Promise<void> {
	const ending: { once(event: "close", listener: () => void): void } = transportOf(connection).socket ?? connection;
	return new Promise((resolve) => ending.once("close", () => resolve()));
}

function transportOf(connection: EngineConnection): Partial<InternalConnection["transport"]> {
	return (connection as unknown as InternalConnection).transport;
}
