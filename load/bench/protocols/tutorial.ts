import { eventPacket, PACKET, parsePacket } from "../../kit/wire.ts";
import type { ChatProtocol } from "./protocol.ts";
import { closable, expectAck, openClient, openConnection } from "./socket-io.ts";

const JOIN_ACK = 0;

/** The events of the chat in Socket.IO's tutorial, with rooms. */
export const tutorial: ChatProtocol = {
	acks: false,

	async join(port, room) {
		const connection = await openConnection(port);
		connection.send(eventPacket(JOIN_ACK, "join", room));
		await expectAck(connection, JOIN_ACK);
		return connection;
	},

	async joinWithClient(port, room, handlers) {
		const socket = await openClient(port, handlers);
		socket.on("chat message", (body: string) => handlers.onBodies([body]));
		await socket.emitWithAck("join", room);
		return closable(socket);
	},

	message: (room, body) => eventPacket(undefined, "chat message", room, body),

	parse(text) {
		const packet = parsePacket(text);
		if (packet.type === "ping") return { kind: "ping", pong: PACKET.pong };
		return packet.type === "event" && packet.args[0] === "chat message"
			? { kind: "delivery", bodies: [packet.args[1] as string] }
			: { kind: "other" };
	},
};
