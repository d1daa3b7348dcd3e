import { randomUUID } from "node:crypto";
import type { Ack, Appended, JoinData, SendData } from "../../../app/protocol.ts";
import { closing, eventText, expectAck, openClient, openLine, parsePacket } from "./socket-io.ts";
import type { Wire } from "./wire.ts";

const JOIN_ACK = 0;
const MESSAGE_ACK = 1;

/** The events of PROTOCOL.md: a session's token opens the line, a message is answered once it is stored. */
export const hubbub: Wire = {
	acks: true,

	async join(port, room, token) {
		const line = await openLine(port, { token });
		line.send(eventText(JOIN_ACK, "room:join", { room }));
		const [ack] = (await expectAck(line, JOIN_ACK)) as [Ack<JoinData>];
		checkJoined(ack);
		return line;
	},

	async joinWithClient(port, room, events, token) {
		const socket = await openClient(port, events, { token });
		socket.on("room:appended", (appended: Appended) => events.onBodies(bodiesOf(appended)));
		checkJoined(await socket.emitWithAck("room:join", { room }));
		return closing(socket);
	},

	message: (room, body) => eventText(MESSAGE_ACK, "message:send", { room, clientId: randomUUID(), body }),

	hear(text) {
		const { type, args } = parsePacket(text);
		if (type === "ack") {
			const ack = args[0] as Ack<SendData>;
			return { kind: "ack", refusal: ack.ok ? undefined : ack.error.message };
		}
		if (args[0] === "room:appended") return { kind: "delivery", bodies: bodiesOf(args[1] as Appended) };
		return { kind: args[0] === "presence:diff" ? "presence" : "other" };
	},
};

function checkJoined(ack: Ack<JoinData>): void {
	if (!ack.ok) throw new Error(`The server refused a join: ${ack.error.message}`);
}

function bodiesOf({ entries }: Appended): string[] {
	return entries.map((entry) => (entry.kind === "message" && entry.body) || `an entry of kind ${entry.kind}`);
}
