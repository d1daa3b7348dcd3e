import type { Socket as TcpSocket } from "node:net";
import type { Socket } from "socket.io-client";
import type { RoomAppended } from "../../app/protocol/log.ts";
import { FrameScanner } from "./frame-scanner.ts";
import { PacketCache } from "./packet-cache.ts";

/** How the packet begins: Engine.IO's message, Socket.IO's event, the event's name. */
const HEAD = '42["room:appended",';
const HEAD_BYTES = Buffer.from(HEAD);

/** The used part of Engine.IO's transport over the WebSocket of `ws`. */
type WebSocketTransport = {
	name: string;
	onData(data: unknown): void;
	ws: {
		onmessage: unknown;
		on(event: "message", listener: (data: Buffer, isBinary: boolean) => void): void;
		_socket: TcpSocket;
		/** Between two frames both are 0. */
		_receiver: { _state: number; _bufferedBytes: number };
	};
};

type OnData = (this: TcpSocket, chunk: Buffer) => void;

const cache = new PacketCache(HEAD_BYTES.length);

/**
 * Takes each `room:appended` straight from the bytes of a connection, past the stream, the parser and the emitters of
 * `ws` and Socket.IO, because receiving is nearly all that a generator does. Everything else takes the usual path. To be
 * called on each connect, since every connection has a transport of its own. Has no effect over polling.
 */
export function useReceiveFastPath(socket: Socket, onAppended: (appended: RoomAppended) => void): void {
	const transport = socket.io.engine.transport as unknown as WebSocketTransport;
	if (transport.name !== "websocket") return;
	scanBytes(transport, onAppended);
	// Socket.IO delays a packet by a tick. Without the delay, what is left to `ws` stays in order with what was extracted.
	transport.ws.onmessage = null;
	transport.ws.on("message", (data, isBinary) => {
		const packet = isBinary ? data : data.toString();
		if (typeof packet === "string" && packet.startsWith(HEAD)) onAppended(JSON.parse(packet.slice(HEAD.length, -1)));
		else transport.onData(packet);
	});
}

function scanBytes({ ws }: WebSocketTransport, onAppended: (appended: RoomAppended) => void): void {
	const { _socket: socket, _receiver: receiver } = ws;
	const onDataOfWs = socket.listeners("data")[0] as OnData;
	const scanner = new FrameScanner({
		head: HEAD_BYTES,
		extract: (bytes, from, to) => onAppended(cache.parse(bytes, from, to)),
		passOn: (bytes) => onDataOfWs.call(socket, bytes),
	});
	let isBetweenFrames = false;
	socket.on("data", (chunk: Buffer) => {
		isBetweenFrames ||= receiver._state === 0 && receiver._bufferedBytes === 0;
		if (isBetweenFrames) scanner.scan(chunk);
		else onDataOfWs.call(socket, chunk);
	});
	socket.off("data", onDataOfWs);
}
