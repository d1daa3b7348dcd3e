import type { Server, Socket } from "socket.io";
import type { ClientToServerEvents, ServerToClientEvents } from "../protocol/events.ts";
import type { Connection } from "../room/ports/broadcast.ts";

/** What the server knows of a socket: set once, by the handshake. */
export type SocketData = {
	/** `pendingReads`: requests that wait for the store. */
	connection: Connection & { pendingReads: number };
	address: string;
	/** When its session ends; milliseconds since 1970. */
	expiresAt: number;
};

type NoEvents = Record<never, never>;
export type ChatServer = Server<ClientToServerEvents, ServerToClientEvents, NoEvents, SocketData>;
export type ChatSocket = Socket<ClientToServerEvents, ServerToClientEvents, NoEvents, SocketData>;
