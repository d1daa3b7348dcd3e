/** What every Socket.IO server has in common, whatever its events: the line's opening, and the client. */
import { io, type Socket } from "socket.io-client";
import { Connection } from "./connection.ts";
import type { Client, ClientEvents } from "./wire.ts";

const PATH = "/socket.io/?EIO=4&transport=websocket";
const KEEP_ALIVE = { ping: "2", pong: "3" };
/** Engine.IO's and Socket.IO's packet types, as they stand at the head of a text. */
const OPENED = "0";
const CONNECT = "40";
const EVENT = "42";
const ACK = "43";

/** A bare line into the namespace `/`; `auth` is what the server's middleware sees. */
export async function openLine(port: number, auth?: object): Promise<Connection> {
	const line = await Connection.open(port, PATH, KEEP_ALIVE);
	await line.expect(OPENED);
	line.send(CONNECT + (auth === undefined ? "" : JSON.stringify(auth)));
	await line.expect(CONNECT);
	return line;
}

/** The text of an event; with an `ackId` the server is asked to answer. */
export function eventText(ackId: number | undefined, ...args: unknown[]): string {
	return `${EVENT}${ackId ?? ""}${JSON.stringify(args)}`;
}

/** The arguments of the server's answer to `ackId`. */
export async function expectAck(line: Connection, ackId: number): Promise<unknown[]> {
	const head = `${ACK}${ackId}`;
	return JSON.parse((await line.expect(`${head}[`)).slice(head.length));
}

/** An event's or an answer's name and arguments. */
export function parsePacket(text: string): { type: "event" | "ack" | "other"; args: unknown[] } {
	const type = text.startsWith(EVENT) ? "event" : text.startsWith(ACK) ? "ack" : "other";
	return { type, args: type === "other" ? [] : JSON.parse(text.slice(text.indexOf("["))) };
}

/** Socket.IO's own client over WebSocket, connected. It does not come back by itself: a lost line is a finding. */
export async function openClient(port: number, { onLost }: ClientEvents, auth?: object): Promise<Socket> {
	const socket = io(`http://127.0.0.1:${port}`, {
		transports: ["websocket"],
		reconnection: false,
		forceNew: true,
		...(auth && { auth }),
	});
	const { promise, resolve, reject } = Promise.withResolvers<void>();
	socket.once("connect", resolve);
	socket.once("connect_error", reject);
	await promise;
	socket.once("disconnect", onLost);
	return socket;
}

export function closing(socket: Socket): Client {
	return {
		close() {
			socket.off("disconnect");
			socket.disconnect();
		},
	};
}
