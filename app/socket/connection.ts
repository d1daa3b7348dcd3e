import type { Server, Socket } from "socket.io";
import type { ClientToServerEvents, ServerToClientEvents } from "../protocol/events.ts";
import type { Connection } from "../room/ports/broadcast.ts";

/** The data of a socket, set once by the handshake. */
export type SocketData = {
	/** `pendingReads`: reads that wait for the store, in joins. */
	connection: Connection & { pendingReads: number };
	address: string;
	/** When the session expires, in milliseconds since 1970. */
	expiresAt: number;
};

type NoEvents = Record<never, never>;
export type ChatServer = Server<ClientToServerEvents, ServerToClientEvents, NoEvents, SocketData>;
export type ChatSocket = Socket<ClientToServerEvents, ServerToClientEvents, NoEvents, SocketData>;
