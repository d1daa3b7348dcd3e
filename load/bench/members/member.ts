import type { PeerConnection } from "../protocols/connection.ts";
import type { ChatProtocol } from "../protocols/protocol.ts";
import { bodyOf, numberOf } from "./body.ts";
import type { DeliveryCounter } from "./delivery-counter.ts";
import type { RoomVerifier } from "./room-verifier.ts";

export type Member = { close(): void };
/** A member that also sends messages, or any other request in the server's protocol. */
export type Sender = Member & { send(n: number): void; request(text: string): void };

/** Returns the name of a member, by its number from 0 in the run. */
export function memberName(number: number): string {
	return `member ${number}`;
}

/** Joins the room over a raw socket, and verifies and counts what it receives. */
export async function connectRaw(
	protocol: ChatProtocol,
	port: number,
	room: RoomVerifier,
	counter: DeliveryCounter,
	token?: string,
): Promise<Sender> {
	const connection = await protocol.join(port, room.name, token);
	connection.onLost = (why) => counter.fail(`A member of ${room.name} lost its connection: ${why}.`);
	receive(connection, protocol, room, counter);
	return {
		send: (n) => connection.send(protocol.message(room.name, bodyOf(n))),
		request: (text) => connection.send(text),
		close: () => connection.close(),
	};
}

function receive(
	connection: PeerConnection,
	protocol: ChatProtocol,
	room: RoomVerifier,
	counter: DeliveryCounter,
): void {
	const cursor = room.addMember();
	connection.listen({
		onBytes: (bytes, from, to) => room.consumeKnown(cursor, bytes, from, to),
		onText(bytes, start, end, from) {
			if (room.consumeKnown(cursor, bytes, from, end) > 0) return;
			const received = protocol.parse(bytes.toString("utf8", start, end));
			if (received.kind === "delivery") room.consumeNew(cursor, bytes, from, end, received.bodies);
			else if (received.kind === "presence") counter.presencePackets++;
			else if (received.kind === "ping") connection.send(received.pong);
			else if (received.kind === "ack") {
				if (received.refusal === undefined) counter.acked++;
				else counter.fail(`The server refused a message: ${received.refusal}`);
			}
		},
	});
}

/** Joins the room with the client library for this server, and verifies and counts what it receives. */
export async function connectClient(
	protocol: ChatProtocol,
	port: number,
	room: RoomVerifier,
	counter: DeliveryCounter,
	token?: string,
): Promise<Member> {
	const cursor = room.addMember();
	const handlers = {
		onBodies(bodies: string[]) {
			try {
				room.deliver(cursor, bodies.map(numberOf));
			} catch (error) {
				counter.fail((error as Error).message);
			}
		},
		onLost: (why: string) => counter.fail(`A client in ${room.name} lost its connection: ${why}.`),
	};
	return await protocol.joinWithClient(port, room.name, handlers, token);
}
