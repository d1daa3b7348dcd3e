import { once } from "node:events";
import { PeerConnection } from "./connection.ts";
import type { ChatProtocol } from "./protocol.ts";

/** For servers that use WebSocket without a protocol on top: the path is the room, a text is the body of a message. */
export const plainWebSocket: ChatProtocol = {
	acks: false,

	join: (port, room) => PeerConnection.open(port, `/${room}`),

	async joinWithClient(port, room, { onBodies, onLost }) {
		const socket = new WebSocket(`ws://127.0.0.1:${port}/${room}`);
		socket.onmessage = ({ data }) => onBodies([data]);
		await once(socket, "open");
		socket.onclose = () => onLost("the server closed the connection");
		return {
			close() {
				socket.onclose = null;
				socket.close();
			},
		};
	},

	message: (_room, body) => body,

	parse: (text) => ({ kind: "delivery", bodies: [text] }),
};
