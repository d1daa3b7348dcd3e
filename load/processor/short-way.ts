import type { Socket } from "socket.io-client";
import type { Appended } from "../../app/protocol.ts";

/** How the packet begins: Engine.IO's message, Socket.IO's event, the event's name. */
const HEAD = '42["room:appended",';

type Transport = { name: string; onData: (data: unknown) => void };

/**
 * Receiving is nearly all that a generator does, and seven emitters lie between a WebSocket's message and a listener.
 * A `room:appended` takes the short way past them; everything else goes Socket.IO's own. To be called on each connect,
 * for every connection has a transport of its own; over polling the listener stays the way.
 */
export function takeTheShortWay(socket: Socket, onAppended: (appended: Appended) => void): void {
	const transport = socket.io.engine.transport as unknown as Transport;
	if (transport.name !== "websocket") return;
	const onData = transport.onData.bind(transport);
	transport.onData = (data) => {
		if (typeof data === "string" && data.startsWith(HEAD)) onAppended(JSON.parse(data.slice(HEAD.length, -1)));
		else onData(data);
	};
}
