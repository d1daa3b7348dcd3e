import type { Disconnect } from "../room/ports/disconnect.ts";
import type { ChatSocket } from "./connection.ts";
import { terminateSocket } from "./engine/terminate.ts";

/** Ends a socket's connection in the way that `disconnect` names. */
export function disconnectSocket(socket: ChatSocket, { reconnect }: Disconnect): void {
	if (reconnect === "never") socket.disconnect(true);
	else if (reconnect === "resume at once") terminateSocket(socket);
	// The transport and not the socket: a client whose socket the server disconnects does not reconnect.
	else socket.conn.close();
}
