import type { Socket as Line } from "node:net";
import type { Socket } from "socket.io-client";
import type { RoomAppended } from "../../app/protocol/log.ts";
import { FrameScanner } from "./frame-scanner.ts";
import { PacketMemory } from "./packet-memory.ts";

/** How the packet begins: Engine.IO's message, Socket.IO's event, the event's name. */
const HEAD = '42["room:appended",';
const HEAD_BYTES = Buffer.from(HEAD);

/** Engine.IO's transport over the WebSocket of `ws`, as far as it matters here. */
type Transport = {
	name: string;
	onData(data: unknown): void;
	ws: {
		onmessage: unknown;
		on(event: "message", listener: (data: Buffer, isBinary: boolean) => void): void;
		_socket: Line;
		/** Between two frames both are 0. */
		_receiver: { _state: number; _bufferedBytes: number };
	};
};

type OnData = (this: Line, chunk: Buffer) => void;

const memory = new PacketMemory(HEAD_BYTES.length);

/**
 * Receiving is nearly all that a generator does, and a stream, a parser and eight emitters lie between a connection's
 * bytes and a listener. A `room:appended` takes the short way past them; everything else goes Socket.IO's own. To be
 * called on each connect, for every connection has a transport of its own; over polling the listener stays the way.
 */
export function takeTheShortWay(socket: Socket, onAppended: (appended: RoomAppended) => void): void {
	const transport = socket.io.engine.transport as unknown as Transport;
	if (transport.name !== "websocket") return;
	scanTheLine(transport, onAppended);
	// What the scanner leaves to `ws` must not come after what it takes itself: Socket.IO lets a packet wait for a tick.
	transport.ws.onmessage = null;
	transport.ws.on("message", (data, isBinary) => {
		const packet = isBinary ? data : data.toString();
		if (typeof packet === "string" && packet.startsWith(HEAD)) onAppended(JSON.parse(packet.slice(HEAD.length, -1)));
		else transport.onData(packet);
	});
}

function scanTheLine({ ws }: Transport, onAppended: (appended: RoomAppended) => void): void {
	const { _socket: line, _receiver: receiver } = ws;
	const ofWs = line.listeners("data")[0] as OnData;
	const scanner = new FrameScanner({
		head: HEAD_BYTES,
		take: (bytes, from, to) => onAppended(memory.parse(bytes, from, to)),
		passOn: (bytes) => ofWs.call(line, bytes),
	});
	let isBetweenFrames = false;
	line.on("data", (chunk: Buffer) => {
		isBetweenFrames ||= receiver._state === 0 && receiver._bufferedBytes === 0;
		if (isBetweenFrames) scanner.scan(chunk);
		else ofWs.call(line, chunk);
	});
	line.off("data", ofWs);
}
