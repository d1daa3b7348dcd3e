import type { ServerToClientEvents } from "../../app/protocol/events.ts";
import type { Ack, Refusal } from "../../app/protocol/refusal.ts";
import { openPollingSocket } from "./load-polling.ts";
import { openWebSocket } from "./web-socket.ts";

export type Transport = "websocket" | "polling";

export type ClientSocketOptions = {
	/** `polling`: for networks that block WebSockets. It is upgraded to a WebSocket where that is possible. */
	transport: Transport;
	/** The attempt fails if the server has not accepted it within this time. */
	timeoutMs: number;
	url: string | undefined;
	headers: Record<string, string> | undefined;
	/** Called when the server has accepted the handshake. */
	connected(): void;
	/** Called with the transport that packets go through: on connecting, and after an upgrade. */
	transportWorks(transport: Transport): void;
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
	return options.transport === "websocket" ? openWebSocket(options) : openPollingSocket(options);
}
