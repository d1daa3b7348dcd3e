import { Buffer } from "node:buffer";
import { once } from "node:events";
import { createServer } from "node:http";
import { Duplex } from "node:stream";
import { Server, type Socket } from "socket.io";
import type { InternalAdapter, InternalEngine, InternalSocket, Internals, PacketOptions } from "./internals.ts";

const PATH = "/socket.io/";
const TIMEOUT_MS = 30_000;
/** A masked text frame with the packet by which a Socket.IO client connects: "40". The mask is zero. */
const CONNECT_FRAME = Buffer.from([0x81, 0x82, 0, 0, 0, 0, 0x34, 0x30]);

/**
 * Opens an in-memory WebSocket connection to a Socket.IO server of its own, and returns the result of `inspect` for its
 * internals. Rejects if the connection does not open, which may happen after an update of Socket.IO or on another runtime.
 */
export async function inspectInternals<T>(inspect: (internals: Internals) => T): Promise<T> {
	const http = createServer();
	const io = new Server(http, { path: PATH, serveClient: false, transports: ["websocket"] });
	const stream = new Duplex({ read() {}, write: (_chunk, _encoding, done) => done() });
	try {
		const connected = once(io, "connection", { signal: AbortSignal.timeout(TIMEOUT_MS) });
		io.engine.once("connection", () => stream.push(CONNECT_FRAME));
		http.emit("upgrade", upgradeRequest(stream), stream, Buffer.alloc(0));
		const [socket] = (await connected) as [Socket];
		const adapter = socket.nsp.adapter as unknown as InternalAdapter;
		const packetOptions: PacketOptions = { preEncoded: true };
		adapter._encode?.({ type: 2, nsp: "/", data: ["event"] }, packetOptions);
		const engine = io.engine as unknown as InternalEngine;
		return inspect({ engine, socket: socket as unknown as InternalSocket, adapter, packetOptions });
	} finally {
		stream.destroy();
		io.engine.close();
	}
}

/** The fields of an IncomingMessage that Socket.IO reads. */
function upgradeRequest(stream: Duplex) {
	const headers = {
		host: "localhost",
		connection: "Upgrade",
		upgrade: "websocket",
		"sec-websocket-version": "13",
		"sec-websocket-key": "AAAAAAAAAAAAAAAAAAAAAA==",
	};
	return { method: "GET", url: `${PATH}?EIO=4&transport=websocket`, headers, socket: stream, connection: stream };
}
