/** Limits for HTTP connections, against clients that open many or send slowly. */
import type { IncomingMessage, Server, ServerOptions, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import type { RequestTrust } from "../request-trust/request-trust.ts";
import { KeyedCounter } from "../room/keyed-counter.ts";

const SECOND_MS = 1_000;

/**
 * Options of the HTTP server. The defaults of Node are 60, 300 and 30 seconds. The time of a request is that of the longest
 * upload: see {@link limitBodyTimes} for the others.
 */
export const REQUEST_TIMES: ServerOptions = {
	headersTimeout: 10 * SECOND_MS,
	requestTimeout: 16 * 60 * SECOND_MS,
	connectionsCheckingInterval: 2 * SECOND_MS,
};

/** A connection on which nothing was read or written for this long is closed. Long polling is answered every 25 s. */
const IDLE_MS = 120 * SECOND_MS;
/** Unanswered requests of one connection. Browsers send one at a time; the answers to more would wait in memory. */
const MAX_UNANSWERED = 32;

/** Ends connections that send requests without reading the answers. */
export function boundRequests(http: Server): void {
	http.timeout = IDLE_MS;
	const unanswered = new WeakMap<Socket, number>();
	http.prependListener("request", ({ socket }: IncomingMessage, response: ServerResponse) => {
		const count = (unanswered.get(socket) ?? 0) + 1;
		unanswered.set(socket, count);
		response.once("close", () => unanswered.set(socket, (unanswered.get(socket) ?? 1) - 1));
		if (count > MAX_UNANSWERED) socket.destroy();
	});
}

/** HTTP connections per address for each allowed chat connection. A browser opens up to six at a time. */
const PER_CONNECTION = 10;

/**
 * Destroys connections above the limit of their address. Use it only without a proxy: behind one, all connections have the
 * proxy's address. `connectionsPerAddress` 0 means no limit.
 */
export function limitHttpConnections(http: Server, connectionsPerAddress: number, trust: RequestTrust): void {
	const perAddress = new KeyedCounter();
	const counted = new WeakMap<Socket, string>();
	const leave = (socket: Socket) => {
		const address = counted.get(socket);
		if (address === undefined) return;
		counted.delete(socket);
		perAddress.remove(address);
	};
	http.on("connection", (socket) => {
		const address = trust.addressOf({ headers: {}, socket });
		if (perAddress.isFull(address, PER_CONNECTION * connectionsPerAddress)) {
			socket.destroy();
			return;
		}
		counted.set(socket, address);
		perAddress.add(address);
		socket.once("close", () => leave(socket));
	});
	// Chat connections have limits of their own: see socket/gates/.
	http.prependListener("upgrade", ({ socket }: IncomingMessage) => leave(socket));
	http.prependListener("request", (request: IncomingMessage) => {
		if (trust.hasLoadToken(request)) leave(request.socket);
	});
}

/** Time that a body may take, unless it is a file: the pace of an upload is checked where it is received. */
const BODY_MS = 20 * SECOND_MS;

/** Destroys connections whose bodies arrive slowly. */
export function limitBodyTimes(http: Server): void {
	http.prependListener("request", (request: IncomingMessage) => {
		const { "content-length": length = "0", "transfer-encoding": encoding } = request.headers;
		if ((length === "0" && encoding === undefined) || request.url?.startsWith("/api/files?")) return;
		const timer = setTimeout(() => {
			if (!request.complete) request.socket.destroy();
		}, BODY_MS).unref();
		request.once("close", () => clearTimeout(timer));
	});
}
