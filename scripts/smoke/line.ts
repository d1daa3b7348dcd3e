import { io, type Socket } from "socket.io-client";
import { type ClientToServerEvents, PROTOCOL_VERSION, type ServerToClientEvents } from "../../app/protocol/events.ts";
import type { Ack } from "../../app/protocol/refusal.ts";
import { loadToken } from "./session.ts";

export type Line = Socket<ServerToClientEvents, ClientToServerEvents>;
export type Transport = "websocket" | "polling";

const CONNECT_TIMEOUT_MS = 15_000;
const ACK_TIMEOUT_MS = 15_000;

/** A connection over these transports, the first one first. Rejects with the server's or the network's reason. */
export function connect(url: string, token: string, transports: Transport[]): Promise<Line> {
	const line: Line = io(url, {
		auth: { token, v: PROTOCOL_VERSION },
		extraHeaders: loadToken(),
		transports,
		upgrade: transports.length > 1,
		reconnection: false,
		forceNew: true,
		timeout: CONNECT_TIMEOUT_MS,
	});
	return new Promise((resolve, reject) => {
		line.once("connect", () => resolve(line));
		line.once("connect_error", (error) => {
			line.disconnect();
			reject(new Error(reasonOf(error)));
		});
	});
}

/** The data of an event's ack. Rejects with the refusal's sentence, or when no ack comes. */
export async function request<T>(line: Line, event: keyof ClientToServerEvents, payload: object): Promise<T> {
	const ack: Ack<T> = await line
		.timeout(ACK_TIMEOUT_MS)
		// The pairs of event and payload are checked where this is called with their types.
		.emitWithAck(event as "room:join", payload as never)
		.catch(() => {
			throw new Error(`no ack of ${event} within ${ACK_TIMEOUT_MS / 1000} s`);
		});
	if (!ack.ok) throw new Error(`${event} was refused: ${ack.error.message} (${ack.error.code})`);
	return ack.data;
}

/** Socket.IO says "websocket error" or "xhr poll error"; the reason lies deeper. */
function reasonOf(error: Error & { description?: unknown; context?: unknown; data?: { message?: string } }): string {
	if (error.data?.message !== undefined) return error.data.message;
	const deeper = error.description;
	if (deeper instanceof Error) return `${error.message}: ${deeper.message}`;
	if (typeof deeper === "object" && deeper !== null && "message" in deeper)
		return `${error.message}: ${deeper.message}`;
	return typeof deeper === "number" ? `${error.message}: status ${deeper}` : error.message;
}
