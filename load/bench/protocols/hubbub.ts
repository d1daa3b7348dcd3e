import { randomUUID } from "node:crypto";
import type { RoomAppended } from "../../../app/protocol/log.ts";
import type { SendData } from "../../../app/protocol/message.ts";
import type { Ack } from "../../../app/protocol/refusal.ts";
import type { JoinData } from "../../../app/protocol/room.ts";
import { eventPacket, PACKET, parsePacket } from "../../kit/wire.ts";
import type { ChatProtocol } from "./protocol.ts";
import { closable, expectAck, openClient, openConnection } from "./socket-io.ts";

const JOIN_ACK = 0;
const MESSAGE_ACK = 1;

/** The events of PROTOCOL.md. The session token is part of the handshake; a message is acked once it is stored. */
export const hubbub: ChatProtocol = {
	acks: true,

	async join(port, room, token) {
		const connection = await openConnection(port, { token });
		connection.send(eventPacket(JOIN_ACK, "room:join", { room }));
		const [ack] = (await expectAck(connection, JOIN_ACK)) as [Ack<JoinData>];
		checkJoined(ack);
		return connection;
	},

	async joinWithClient(port, room, handlers, token) {
		const socket = await openClient(port, handlers, token);
		socket.on("room:appended", (appended: RoomAppended) => handlers.onBodies(bodiesOf(appended)));
		checkJoined(await socket.emitWithAck("room:join", { room }));
		return closable(socket);
	},

	message: (room, body) => eventPacket(MESSAGE_ACK, "message:send", { room, clientId: randomUUID(), body }),

	parse(text) {
		const packet = parsePacket(text);
		if (packet.type === "ack") {
			const [ack] = packet.args as [Ack<SendData>];
			return { kind: "ack", refusal: ack.ok ? undefined : ack.error.message };
		}
		if (packet.type === "ping") return { kind: "ping", pong: PACKET.pong };
		const [event, data] = packet.type === "event" ? packet.args : [];
		if (event === "room:appended") return { kind: "delivery", bodies: bodiesOf(data as RoomAppended) };
		return { kind: event === "presence:diff" ? "presence" : "other" };
	},
};

type ReactionChange = { target: number; emoji: string; on: boolean };

/** Returns the text that sets a reaction, or withdraws it. */
export function reactionText(room: string, reaction: ReactionChange): string {
	return eventPacket(MESSAGE_ACK, "reaction:set", { room, clientId: randomUUID(), ...reaction });
}

/** Returns the text that edits a message. */
export function editText(room: string, target: number, body: string): string {
	return eventPacket(MESSAGE_ACK, "message:edit", { room, target, clientId: randomUUID(), body });
}

/** Returns what {@link ChatProtocol.parse} gives for a reaction, in place of a body. */
export function reactionBody(user: string, { target, emoji, on }: ReactionChange): string {
	return `${user} ${on ? "reacts" : "no longer reacts"} with ${emoji} to ${target}`;
}

function checkJoined(ack: Ack<JoinData>): void {
	if (!ack.ok) throw new Error(`The server refused a join: ${ack.error.message}`);
}

function bodiesOf({ entries }: RoomAppended): string[] {
	return entries.map((entry) => {
		if (entry.kind === "reaction") return reactionBody(entry.user.name, entry);
		return ("body" in entry && entry.body) || `an entry of kind ${entry.kind}`;
	});
}
