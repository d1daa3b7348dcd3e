/**
 * The private fields of engine.io 6.6, ws 8, socket.io 4.8 and socket.io-adapter 2.5 that this folder uses. No other
 * folder names them. `inspect.ts` checks once, before the server listens, that they are as described here.
 */
import type { Writable } from "node:stream";

/** A WebSocket's `readyState` while it accepts frames. */
export const WS_OPEN = 1;

/** The WebSocket of ws. */
export type InternalWebSocket = {
	readyState: number;
	/** The stream that frames are written to. */
	_socket?: Writable | null;
	send(data: unknown, ...rest: unknown[]): void;
	on(event: "message" | "ping" | "pong", listener: (data: Uint8Array) => void): void;
	once(event: "close", listener: () => void): void;
	terminate(): void;
};
export type WebSocketClass = new (...args: unknown[]) => InternalWebSocket;

/** `WebSocketServer` of ws: makes a WebSocket of each upgrade. */
export type InternalWsServer = {
	options: { WebSocket: WebSocketClass };
	handleUpgrade(...args: [...upgrade: unknown[], done: (webSocket: InternalWebSocket) => void]): void;
};

/** The connection of Engine.IO. */
export type InternalConnection = {
	readyState: string;
	/** Packets that wait for the transport. */
	writeBuffer: unknown[];
	transport: {
		name: string;
		/** Whether the transport accepts packets: it is not writing one. */
		writable: boolean;
		/** Absent over polling. */
		socket?: InternalWebSocket;
		/** Milliseconds that a polling transport which is closing waits for the next poll. */
		closeTimeout?: number;
	};
};

/** `_encode` stores the frame of a packet without binary data here. */
export type PacketOptions = { preEncoded: true; wsPreEncodedFrame?: Uint8Array[] };

export type InternalSocket = {
	client: { conn: InternalConnection; writeToEngine(packets: string[], options: PacketOptions): void };
};
export type InternalAdapter = {
	_encode(packet: unknown, options: PacketOptions): string[];
	nsp: { sockets: Map<string, InternalSocket> };
};
export type InternalEngine = {
	opts: { wsEngine: new (options: object) => InternalWsServer };
	/** The WebSocketServer. */
	ws: InternalWsServer;
	/** Open connections by id. */
	clients: Record<string, unknown>;
};

/** One object of each kind, of an open connection over WebSocket. */
export type Internals = {
	engine: InternalEngine;
	socket: InternalSocket;
	adapter: InternalAdapter;
	/** After `_encode`. */
	packetOptions: PacketOptions;
};

const isFunction = (value: unknown) => typeof value === "function";
const isBoolean = (value: unknown) => typeof value === "boolean";
const isStream = (value: unknown) =>
	isFunction((value as Writable)?.write) && typeof (value as Writable).writableLength === "number";

/** The fields that direct writes need, by their path in {@link Internals}. */
export const REQUIRED_FIELDS: Readonly<Record<string, (value: unknown) => boolean>> = {
	"engine.opts.wsEngine": isFunction,
	"engine.ws.options.WebSocket": isFunction,
	"engine.ws.handleUpgrade": isFunction,
	"socket.client.writeToEngine": isFunction,
	"socket.client.conn.readyState": (value) => value === "open",
	"socket.client.conn.writeBuffer": Array.isArray,
	"socket.client.conn.transport.name": (value) => value === "websocket",
	"socket.client.conn.transport.writable": isBoolean,
	"socket.client.conn.transport.socket.readyState": (value) => value === WS_OPEN,
	"socket.client.conn.transport.socket.send": isFunction,
	"socket.client.conn.transport.socket.terminate": isFunction,
	"socket.client.conn.transport.socket._socket": isStream,
	"adapter._encode": isFunction,
	"adapter.nsp.sockets": (value) => value instanceof Map,
	"packetOptions.wsPreEncodedFrame": Array.isArray,
};

/** Returns the path of the first required field that is missing or not as expected. */
export function missingField(internals: unknown): string | undefined {
	return Object.entries(REQUIRED_FIELDS).find(([path, isExpected]) => !isExpected(valueAt(internals, path)))?.[0];
}

function valueAt(internals: unknown, path: string): unknown {
	return path.split(".").reduce((value, key) => (value as Record<string, unknown> | undefined)?.[key], internals);
}
