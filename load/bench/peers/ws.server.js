// A room over the `ws` package as its documentation broadcasts: one send per open member.
import { WebSocket, WebSocketServer } from "ws";

const server = new WebSocketServer({ port: Number(process.env.PORT), host: "127.0.0.1" });
const rooms = new Map();

server.on("connection", (member, request) => {
	const name = request.url;
	const room = rooms.get(name) ?? new Set();
	rooms.set(name, room.add(member));

	member.on("error", console.error);
	member.on("message", (data, isBinary) => {
		for (const other of room) {
			if (other.readyState === WebSocket.OPEN) other.send(data, { binary: isBinary });
		}
	});
	member.on("close", () => {
		room.delete(member);
		if (room.size === 0) rooms.delete(name);
	});
});
