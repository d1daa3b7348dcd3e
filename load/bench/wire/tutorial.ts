import { closing, eventText, expectAck, openClient, openLine, parsePacket } from "./socket-io.ts";
import type { Wire } from "./wire.ts";

const JOIN_ACK = 0;

/** The events of Socket.IO's tutorial. */
export const tutorial: Wire = {
	acks: false,

	async join(port, room) {
		const line = await openLine(port);
		line.send(eventText(JOIN_ACK, "join", room));
		await expectAck(line, JOIN_ACK);
		return line;
	},

	async joinWithClient(port, room, events) {
		const socket = await openClient(port, events);
		socket.on("chat message", (body: string) => events.onBodies([body]));
		await socket.emitWithAck("join", room);
		return closing(socket);
	},

	message: (room, body) => eventText(undefined, "chat message", room, body),

	hear(text) {
		const { type, args } = parsePacket(text);
		return type === "event" && args[0] === "chat message"
			? { kind: "delivery", bodies: [args[1] as string] }
			: { kind: "other" };
	},
};
