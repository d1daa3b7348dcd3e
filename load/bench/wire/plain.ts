import { once } from "node:events";
import { Connection } from "./connection.ts";
import type { Wire } from "./wire.ts";

/** A room is an address, a message is its body: the servers that speak bare WebSocket. */
export const plain: Wire = {
	acks: false,

	join: (port, room) => Connection.open(port, `/${room}`),

	async joinWithClient(port, room, { onBodies, onLost }) {
		const socket = new WebSocket(`ws://127.0.0.1:${port}/${room}`);
		socket.onmessage = ({ data }) => onBodies([data]);
		await once(socket, "open");
		const lost = () => onLost("the server closed the connection");
		socket.addEventListener("close", lost);
		return {
			close() {
				socket.removeEventListener("close", lost);
				socket.close();
			},
		};
	},

	message: (_room, body) => body,

	hear: (text) => ({ kind: "delivery", bodies: [text] }),
};
