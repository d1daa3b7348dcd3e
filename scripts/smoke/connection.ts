import type { ClientToServerEvents } from "../../app/protocol/events.ts";
import type { Refusal } from "../../app/protocol/refusal.ts";
import {
	type ChatClient,
	connect as connectSocket,
	request as emitRequest,
	type Transport,
} from "../../load/kit/client.ts";
import { loadToken } from "./session.ts";

const TIMEOUT_MS = 15_000;

/** Connects over these transports, the first one first. Rejects with the server's or the network's reason. */
export function connectWithReason(url: string, token: string, transports: Transport[]): Promise<ChatClient> {
	const options = { transports, extraHeaders: loadToken(), timeoutMs: TIMEOUT_MS };
	return connectSocket(url, token, options).catch((error) => {
		throw new Error(reasonOf(error));
	});
}

/** Resolves with the data of an event's acknowledgement. Rejects with the refusal's sentence, or after 15 s without one. */
export async function requestWithReason<T>(
	socket: ChatClient,
	event: keyof ClientToServerEvents,
	payload: object,
): Promise<T> {
	return emitRequest<T>(socket, event, payload, TIMEOUT_MS).catch((error: Error & { cause?: Refusal }) => {
		if (error.cause === undefined) throw new Error(`no acknowledgement of ${event} within ${TIMEOUT_MS / 1000} s`);
		throw new Error(`${event} was refused: ${error.cause.message} (${error.cause.code})`);
	});
}

/** Returns the underlying reason: Socket.IO itself only says "websocket error" or "xhr poll error". */
function reasonOf(error: Error & { description?: unknown; data?: { message?: string } }): string {
	if (error.data?.message !== undefined) return error.data.message;
	const { description } = error;
	if (typeof description === "object" && description !== null && "message" in description)
		return `${error.message}: ${description.message}`;
	return typeof description === "number" ? `${error.message}: status ${description}` : error.message;
}
