import type { PeerConnection } from "./connection.ts";

/** The content of a text from the server, as far as the benchmark needs it. */
export type ReceivedText =
	| { kind: "delivery"; bodies: string[] }
	/** The ack of a message. `refusal` is the reason if the server refused the message. */
	| { kind: "ack"; refusal: string | undefined }
	| { kind: "presence" }
	/** The server expects `pong` as a reply. */
	| { kind: "ping"; pong: string }
	| { kind: "other" };

export type ClientHandlers = { onBodies(bodies: string[]): void; onLost(why: string): void };

/** How to join rooms and exchange messages with one kind of server. A `token` is a session, for servers that require one. */
export type ChatProtocol = {
	/** Whether the server acks every message. */
	readonly acks: boolean;
	/** Opens a raw connection and joins the room. */
	join(port: number, room: string, token?: string): Promise<PeerConnection>;
	/** Joins the room with the client library for this server. */
	joinWithClient(port: number, room: string, handlers: ClientHandlers, token?: string): Promise<{ close(): void }>;
	/** Returns the text that sends `body` to the room. */
	message(room: string, body: string): string;
	parse(text: string): ReceivedText;
};
