import type { Socket } from "socket.io-client";
import type { Appended } from "../../app/protocol.ts";

/** How the packet begins: Engine.IO's message, Socket.IO's event, the event's name. */
const HEAD = '42["room:appended",';

/** Engine.IO's transport over the WebSocket of `ws`, as far as it matters here. */
type Transport = {
	name: string;
	onData(data: unknown): void;
	ws: { onmessage: unknown; on(event: "message", listener: (data: Buffer, isBinary: boolean) => void): void };
};

/**
 * Receiving is nearly all that a generator does, and eight emitters lie between a WebSocket's message and a listener.
 * A `room:appended` takes the short way past them; everything else goes Socket.IO's own. To be called on each connect,
 * for every connection has a transport of its own; over polling the listener stays the way.
 */
export function takeTheShortWay(socket: Socket, onAppended: (appended: Appended) => void): void {
	const transport = socket.io.engine.transport as unknown as Transport;
	if (transport.name !== "websocket") return;
	transport.ws.onmessage = null;
	transport.ws.on("message", (data, isBinary) => {
		const packet = isBinary ? data : data.toString();
		if (typeof packet === "string" && packet.startsWith(HEAD)) onAppended(JSON.parse(packet.slice(HEAD.length, -1)));
		else transport.onData(packet);
	});
}
