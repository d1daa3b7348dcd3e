import { PROTOCOL_VERSION, type ServerToClientEvents } from "../../app/protocol/events.ts";
import type { Ack, Refusal } from "../../app/protocol/refusal.ts";
import type { ClientSocket, ClientSocketOptions, NoAck } from "./client-socket.ts";
import { asRefusal, PACKET, packetOf, parsePacket } from "./packets.ts";

type Request = { onAck(ack: Ack<unknown> | NoAck): void; timer: ReturnType<typeof setTimeout> };
/** The content of the first packet of a connection, in milliseconds. */
type Handshake = { pingInterval: number; pingTimeout: number };

/**
 * Connects by WebSocket. Writes the packets of Socket.IO itself: socket.io-client can do much that the page does not use,
 * and would be a fifth of the first load.
 */
export function openWebSocket(options: ClientSocketOptions): ClientSocket {
	const { url = location.origin, headers, timeoutMs, connected, transportWorks, received, disconnected } = options;
	const requests = new Map<number, Request>();
	let lastId = 0;
	let isConnected = false;
	let isEnded = false;
	/** Ends an attempt that takes too long, and a connection on which the server's pings stay away. */
	let deadline = setTimeout(() => end(undefined), timeoutMs);
	let pingMs = 0;
	const socket = createWebSocket(`${url.replace(/^http/, "ws")}/socket.io/?EIO=4&transport=websocket`, headers);
	if (!socket) queueMicrotask(() => end(undefined));
	else {
		socket.onmessage = ({ data }) => {
			if (!isEnded) receive(data);
		};
		socket.onclose = () => end(undefined);
	}

	function receive(data: unknown): void {
		const packet = parsePacket(data);
		const content = packet?.content;
		switch (packet?.type) {
			case PACKET.open: {
				const { pingInterval, pingTimeout } = (content ?? {}) as Handshake;
				pingMs = pingInterval + pingTimeout;
				socket!.send(packetOf(PACKET.connect, { v: PROTOCOL_VERSION }));
				break;
			}
			case PACKET.connect:
				isConnected = true;
				awaitPing();
				transportWorks("websocket");
				connected();
				break;
			case PACKET.ping:
				awaitPing();
				socket!.send(PACKET.pong);
				break;
			case PACKET.event: {
				const [name, payload] = content as [keyof ServerToClientEvents, unknown];
				received(name, payload);
				break;
			}
			case PACKET.ack:
				answer(packet.id!, (content as [Ack<unknown>])[0]);
				break;
			case PACKET.noop:
				break;
			case PACKET.connectError:
				end(asRefusal((content as { data?: unknown } | undefined)?.data));
				break;
			default:
				// The server ends the connection, or this is not its protocol.
				end(undefined);
		}
	}

	function awaitPing(): void {
		clearTimeout(deadline);
		deadline = setTimeout(() => end(undefined), pingMs);
	}

	function answer(id: number, ack: Ack<unknown> | NoAck): void {
		const request = requests.get(id);
		if (!request) return;
		clearTimeout(request.timer);
		requests.delete(id);
		request.onAck(ack);
	}

	function end(refusal: Refusal | undefined, by?: "terminate" | "disconnect"): void {
		if (isEnded) return;
		isEnded = true;
		const wasConnected = isConnected;
		isConnected = false;
		clearTimeout(deadline);
		// A caller that repeats a request must see the connection as closed.
		if (!by) disconnected(refusal);
		for (const id of [...requests.keys()]) answer(id, "broken");
		if (wasConnected && by === "disconnect") socket?.send(PACKET.disconnect);
		socket?.close();
	}

	return {
		isConnected: () => isConnected,
		request(name, payload, timeoutMs, onAck) {
			const id = ++lastId;
			requests.set(id, { onAck, timer: setTimeout(() => answer(id, "late"), timeoutMs) });
			if (isConnected) socket!.send(packetOf(PACKET.event, [name, payload], id));
			else answer(id, "broken");
		},
		emit(name, payload) {
			// What waits for the network is not current when it arrives.
			if (isConnected && socket!.bufferedAmount === 0) socket!.send(packetOf(PACKET.event, [name, payload]));
		},
		terminate: () => end(undefined, "terminate"),
		disconnect: () => end(undefined, "disconnect"),
	};
}

/** Returns undefined where there are no WebSockets, or a browser setting forbids them. */
function createWebSocket(url: string, headers: Record<string, string> | undefined): WebSocket | undefined {
	try {
		// Outside browsers the second argument may have headers.
		return headers ? new WebSocket(url, { headers } as never) : new WebSocket(url);
	} catch {
		return undefined;
	}
}
