import { io } from "socket.io-client";
import { PROTOCOL_VERSION, type ServerToClientEvents } from "../../app/protocol/events.ts";
import type { Ack, Refusal } from "../../app/protocol/refusal.ts";
import type { ClientSocket, ClientSocketOptions, Transport } from "./client-socket.ts";
import { asRefusal } from "./packets.ts";

/** Connects by HTTP polling with socket.io-client, which upgrades to a WebSocket if one can be opened. */
export function createPollingSocket(options: ClientSocketOptions): ClientSocket {
	const { url, headers, timeoutMs, connected, transportWorks, received, disconnected } = options;
	// Reconnecting is the task of the Reconnector, so each attempt starts without buffered packets or open acks.
	const settings = {
		forceNew: true,
		reconnection: false,
		timeout: timeoutMs,
		transports: ["polling", "websocket"],
		auth: { v: PROTOCOL_VERSION },
		...(headers && { extraHeaders: headers }),
	};
	const socket = url === undefined ? io(settings) : io(url, settings);
	// Covers a transport that opens while the server does not respond to the Socket.IO handshake.
	const deadline = setTimeout(() => end(undefined), timeoutMs);
	let ended = false;

	function end(refusal: Refusal | undefined, by?: "terminate" | "disconnect") {
		if (ended) return;
		ended = true;
		clearTimeout(deadline);
		socket.off();
		socket.offAny();
		// Closing rejects the open requests. A caller that repeats one must see the connection as closed.
		if (!by) disconnected(refusal);
		if (by === "disconnect") socket.disconnect();
		else socket.io._close();
	}

	socket.on("connect", () => {
		clearTimeout(deadline);
		const { engine } = socket.io;
		transportWorks(engine.transport.name as Transport);
		engine.once("upgrade", () => transportWorks("websocket"));
		connected();
	});
	socket.on("connect_error", (error: Error & { data?: unknown }) => end(asRefusal(error.data)));
	socket.on("disconnect", () => end(undefined));
	socket.onAny((name: keyof ServerToClientEvents, payload: unknown) => received(name, payload));

	return {
		isConnected: () => socket.connected,
		request(name, payload, timeoutMs, onAck) {
			socket.timeout(timeoutMs).emit(name, payload, (error: Error | null, ack: Ack<unknown>) => {
				if (error === null) onAck(ack);
				else onAck(ended ? "broken" : "late");
			});
		},
		emit: (name, payload) => socket.volatile.emit(name, payload),
		terminate: () => end(undefined, "terminate"),
		disconnect: () => end(undefined, "disconnect"),
	};
}
