/** The parts that all Socket.IO servers share: the handshake, acks, and the client. */
import type { Socket } from "socket.io-client";
import { connect } from "../../kit/client.ts";
import { connectPacket, PACKET, SOCKET_PATH } from "../../kit/wire.ts";
import { PeerConnection } from "./connection.ts";
import type { ClientHandlers } from "./protocol.ts";

const CONNECT_TIMEOUT_MS = 20_000;

/** Opens a raw connection to the namespace `/`. */
export async function openConnection(port: number, auth?: object): Promise<PeerConnection> {
	const connection = await PeerConnection.open(port, SOCKET_PATH);
	await connection.expect(PACKET.open);
	connection.send(connectPacket(auth));
	await connection.expect(PACKET.connect);
	return connection;
}

/** Resolves with the arguments of the ack for `ackId`. */
export async function expectAck(connection: PeerConnection, ackId: number): Promise<unknown[]> {
	const head = `${PACKET.ack}${ackId}`;
	return JSON.parse((await connection.expect(`${head}[`)).slice(head.length));
}

/** Connects Socket.IO's client, without the types of this chat's events. A lost connection is a fault of the run. */
export async function openClient(port: number, { onLost }: ClientHandlers, token = ""): Promise<Socket> {
	const socket = (await connect(`http://127.0.0.1:${port}`, token, { timeoutMs: CONNECT_TIMEOUT_MS })) as Socket;
	socket.once("disconnect", onLost);
	return socket;
}

export function closable(socket: Socket): { close(): void } {
	return {
		close() {
			socket.off("disconnect");
			socket.disconnect();
		},
	};
}
