import type { IncomingMessage } from "node:http";
import { KeyedCounter } from "../../room/keyed-counter.ts";
import { DISCONNECTS } from "../../room/ports/disconnect.ts";
import type { Disconnector } from "../disconnect.ts";
import type { EngineConnection, EnginePacket } from "../engine/connection.ts";

/** A refused client may send CONNECT again on the same connection. Socket.IO opens a socket each time, and one read may have many. */
const MAX_TRIES = 10;
/** Type of the Socket.IO packet that requests a socket: the first character of an Engine.IO message. */
const CONNECT = "0";

/**
 * The open connections that have not signed in yet. They cost a client nothing, so their number per address is limited.
 * Socket.IO closes those without a socket after its `connectTimeout`.
 */
export class UnauthenticatedConnections {
	readonly #maxPerAddress: number;
	readonly #perAddress = new KeyedCounter();
	/** The address of each request that is opening a connection. */
	readonly #reserved = new WeakMap<IncomingMessage, string>();
	readonly #connections = new WeakMap<EngineConnection, { address: string; tries: number }>();
	readonly #disconnector: Pick<Disconnector, "connection">;
	readonly #onClose: (this: EngineConnection) => void;
	readonly #onPacket: (this: EngineConnection, packet: EnginePacket) => void;

	/** `maxPerAddress` 0 means no limit. */
	constructor(maxPerAddress: number, disconnector: Pick<Disconnector, "connection">) {
		this.#maxPerAddress = maxPerAddress;
		this.#disconnector = disconnector;
		const unauthenticated = this;
		// One function each for all connections: a closure for each would cost memory.
		this.#onClose = function () {
			unauthenticated.remove(this);
		};
		this.#onPacket = function ({ type, data }) {
			if (type === "message" && typeof data === "string" && data.startsWith(CONNECT)) unauthenticated.#try(this);
		};
	}

	/**
	 * Counts the connection that a request is about to open, because many requests of one read are decided before the first of
	 * them has opened its connection. Returns false if the address has too many.
	 */
	reserve(request: IncomingMessage, address: string): boolean {
		if (this.#perAddress.isFull(address, this.#maxPerAddress)) return false;
		this.#perAddress.add(address);
		this.#reserved.set(request, address);
		if (request.headers.upgrade !== undefined) request.socket.once("close", () => this.release(request));
		return true;
	}

	/** Call this when a request has opened no connection. */
	release(request: IncomingMessage): void {
		const address = this.#reserved.get(request);
		if (address === undefined) return;
		this.#reserved.delete(request);
		this.#perAddress.remove(address);
	}

	add(connection: EngineConnection, address: string): void {
		this.#connections.set(connection, { address, tries: 0 });
		this.#perAddress.add(address);
		this.release(connection.request);
		connection.once("close", this.#onClose);
		connection.on("packet", this.#onPacket);
	}

	/** Call this when a connection has signed in. A closed connection is removed automatically. */
	remove(connection: EngineConnection): void {
		const added = this.#connections.get(connection);
		if (added === undefined) return;
		this.#connections.delete(connection);
		this.#perAddress.remove(added.address);
		connection.off("packet", this.#onPacket);
	}

	#try(connection: EngineConnection): void {
		const added = this.#connections.get(connection);
		if (added !== undefined && ++added.tries > MAX_TRIES)
			this.#disconnector.connection(connection, DISCONNECTS.handshakeFlood);
	}
}
