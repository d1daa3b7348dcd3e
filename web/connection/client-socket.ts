import { io } from "socket.io-client";
import { PROTOCOL_VERSION, type ServerToClientEvents } from "../../app/protocol/events.ts";
import type { Ack, Refusal } from "../../app/protocol/refusal.ts";

const CONNECT_TIMEOUT_MS = 10_000;

export type ClientSocketOptions = {
	url: string | undefined;
	headers: Record<string, string> | undefined;
	/** Starts with HTTP polling, for networks that drop WebSockets silently. */
	pollingFirst: boolean;
	/** Called when the server has accepted the handshake. */
	connected(): void;
	/**
	 * Called once, when the attempt fails or the connection breaks, and never after `terminate` or `disconnect`.
	 * `refusal` is set if the server gave a reason.
	 */
	disconnected(refusal: Refusal | undefined): void;
	/** Called with every event of the server. */
	received(name: keyof ServerToClientEvents, payload: unknown): void;
};

export type NoAck = "late" | "broken";

/** One attempt to connect, and the connection if it succeeds. A socket that was disconnected is not used again. */
export type ClientSocket = {
	isConnected(): boolean;
	/** Calls `onAck` with the ack, with `late` after the timeout, or with `broken` when the connection breaks first. */
	request(name: string, payload: unknown, timeoutMs: number, onAck: (ack: Ack<unknown> | NoAck) => void): void;
	/** Sends an event that may be lost. */
	emit(name: string, payload: unknown): void;
	/** Closes the transport without a disconnect packet: other users see a broken connection, which may resume. */
	terminate(): void;
	/** Sends a disconnect packet and closes: other users see that this one has left. */
	disconnect(): void;
};

export function openClientSocket(options: ClientSocketOptions): ClientSocket {
	const { url, headers, pollingFirst, connected, received } = options;
	let { disconnected } = options;
	// Reconnecting is the task of the Reconnector, so each attempt starts without buffered packets or open acks.
	const settings = {
		forceNew: true,
		reconnection: false,
		timeout: CONNECT_TIMEOUT_MS,
		transports: pollingFirst ? ["polling", "websocket"] : ["websocket", "polling"],
		tryAllTransports: true,
		auth: { v: PROTOCOL_VERSION },
		...(headers && { extraHeaders: headers }),
	};
	const socket = url === undefined ? io(settings) : io(url, settings);
	// Covers a transport that opens while the server does not respond to the Socket.IO handshake.
	const deadline = setTimeout(() => end(undefined), CONNECT_TIMEOUT_MS);
	let ended = false;

	function end(refusal: Refusal | undefined, sendsDisconnect = false) {
		if (ended) return;
		ended = true;
		clearTimeout(deadline);
		socket.off();
		socket.offAny();
		// Closing rejects the open requests. A caller that repeats one must see the connection as closed.
		disconnected(refusal);
		if (sendsDisconnect) socket.disconnect();
		else socket.io._close();
	}

	socket.on("connect", () => {
		clearTimeout(deadline);
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
		terminate() {
			disconnected = () => {};
			end(undefined);
		},
		disconnect() {
			disconnected = () => {};
			end(undefined, true);
		},
	};
}

/** Returns the refusal of a rejected handshake; undefined for anything else, such as a proxy's error page. */
function asRefusal(data: unknown): Refusal | undefined {
	return typeof data === "object" && data !== null && "code" in data ? (data as Refusal) : undefined;
}
