import type { Disconnect } from "../room/ports/disconnect.ts";
import type { ChatSocket } from "./connection.ts";
import { type EngineConnection, terminate } from "./engine/connection.ts";

type DisconnectorMetrics = {
	/** Called for each connection that the server ends. */
	disconnected(disconnect: Disconnect): void;
};

/** Ends connections in the way that a {@link Disconnect} names, and counts them by reason. */
export class Disconnector {
	readonly #metrics: DisconnectorMetrics;

	constructor(metrics: DisconnectorMetrics) {
		this.#metrics = metrics;
	}

	/** Ends a signed-in socket and its connection. */
	socket(socket: ChatSocket, disconnect: Disconnect): void {
		this.#metrics.disconnected(disconnect);
		if (disconnect.reconnect === "never") socket.disconnect(true);
		else if (disconnect.reconnect === "resume at once") terminate(socket.conn);
		// Closes the transport and not the socket, because a client does not reconnect after the server disconnected its socket.
		else socket.conn.close();
	}

	/** Ends a connection, whether it has a socket or not, and drops the packets that were read from it already. */
	connection(connection: EngineConnection, disconnect: Disconnect): void {
		this.#metrics.disconnected(disconnect);
		connection.close(disconnect.reconnect !== "resume");
	}

	/** Ends a connection, or a WebSocket before its connection exists. May be called during a write or a read. */
	terminate(target: EngineConnection | { terminate(): void }, disconnect: Disconnect): void {
		this.#metrics.disconnected(disconnect);
		if ("terminate" in target) target.terminate();
		else terminate(target);
	}
}
