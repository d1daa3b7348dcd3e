import { Agent } from "node:http";
import { io, type ManagerOptions, type Socket } from "socket.io-client";
import { type ClientToServerEvents, PROTOCOL_VERSION, type ServerToClientEvents } from "../../app/protocol/events.ts";
import type { Ack } from "../../app/protocol/refusal.ts";

/** Socket.IO's own client, with the chat's events. */
export type ChatClient = Socket<ServerToClientEvents, ClientToServerEvents>;
export type Transport = "websocket" | "polling";

const CONNECT_TIMEOUT_MS = 8_000;
const ACK_TIMEOUT_MS = 15_000;

type DialOptions = {
	/** Tried in this order; with two of them the connection upgrades from the first to the second. */
	transports?: readonly Transport[];
	/** The address of this machine from which the connection comes. */
	from?: string | undefined;
	extraHeaders?: Record<string, string>;
	timeoutMs?: number;
};

/** Begins to connect with a session's token. The socket does not reconnect by itself. */
export function dial(url: string, token: string, options: DialOptions = {}): ChatClient {
	const { transports = ["websocket"], from, extraHeaders, timeoutMs = CONNECT_TIMEOUT_MS } = options;
	return io(url, {
		auth: { token, v: PROTOCOL_VERSION },
		transports: [...transports],
		upgrade: transports.length > 1,
		reconnection: false,
		forceNew: true,
		timeout: timeoutMs,
		...(extraHeaders && { extraHeaders }),
		// Typed for browsers as text; under Node it is passed to `http.request`.
		...(from !== undefined && {
			agent: new Agent({ localAddress: from }) as unknown as NonNullable<ManagerOptions["agent"]>,
		}),
	});
}

/** Resolves with a connected socket. Rejects with the reason of the server or of the network. */
export async function connect(url: string, token: string, options: DialOptions = {}): Promise<ChatClient> {
	const socket = dial(url, token, options);
	const { promise, resolve, reject } = Promise.withResolvers<void>();
	socket.once("connect", resolve);
	socket.once("connect_error", reject);
	try {
		await promise;
	} catch (error) {
		socket.disconnect();
		throw error;
	}
	return socket;
}

/** Emits an event and resolves with the data of its acknowledgement. Rejects with the refusal, or after `timeoutMs`. */
export async function request<T>(
	socket: ChatClient,
	event: keyof ClientToServerEvents,
	payload: object,
	timeoutMs = ACK_TIMEOUT_MS,
): Promise<T> {
	const emitter = socket.timeout(timeoutMs) as unknown as { emitWithAck(...args: unknown[]): Promise<Ack<T>> };
	const ack = await emitter.emitWithAck(event, payload);
	if (!ack.ok) throw new Error(`${ack.error.code}: ${ack.error.message}`, { cause: ack.error });
	return ack.data;
}
