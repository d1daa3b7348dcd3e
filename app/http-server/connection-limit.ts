/**
 * What one address may keep open of connections that are no WebSockets, and for how long a request may take to arrive:
 * whoever sends one a byte at a time costs the server a connection, and it has only so many.
 */
import type { IncomingMessage, Server, ServerOptions } from "node:http";
import type { Socket } from "node:net";
import { KeyedCounter } from "../room/keyed-counter.ts";

const SECOND_MS = 1_000;

/** Node's own are 60 seconds, 300 and 30. */
export const REQUEST_TIMES: ServerOptions = {
	headersTimeout: 10 * SECOND_MS,
	requestTimeout: 20 * SECOND_MS,
	connectionsCheckingInterval: 2 * SECOND_MS,
};

/** A browser has six of them, for a moment; this leaves room for as many people behind one address as it may have lines. */
const PER_LINE = 10;

type Options = {
	/** Lines that one address may have; 0 means no limit, here as well. */
	connectionsPerAddress: number;
	addressOf: (socket: Socket) => string;
	/** Whether a request carries the operator's load token, which lifts the limits per address. */
	hasLoadToken: (request: IncomingMessage) => boolean;
};

/** Ends connections that are one too many for their address. Behind a proxy all come from there: it is not for that. */
export function limitHttpConnections(http: Server, { connectionsPerAddress, addressOf, hasLoadToken }: Options): void {
	const perAddress = new KeyedCounter();
	const counted = new WeakMap<Socket, string>();
	const leave = (socket: Socket) => {
		const address = counted.get(socket);
		if (address === undefined) return;
		counted.delete(socket);
		perAddress.remove(address);
	};
	http.on("connection", (socket) => {
		const address = addressOf(socket);
		if (perAddress.isFull(address, PER_LINE * connectionsPerAddress)) {
			socket.destroy();
			return;
		}
		counted.set(socket, address);
		perAddress.add(address);
		socket.once("close", () => leave(socket));
	});
	// What has become a line is counted as one, by the socket part.
	http.prependListener("upgrade", ({ socket }: IncomingMessage) => leave(socket));
	http.prependListener("request", (request: IncomingMessage) => {
		if (hasLoadToken(request)) leave(request.socket);
	});
}
