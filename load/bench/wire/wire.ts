import type { Connection } from "./connection.ts";

/** What a text from the server says, as far as the benchmark cares. */
export type Heard =
	| { kind: "delivery"; bodies: string[] }
	/** The answer to a message; `refusal` where it was not taken. */
	| { kind: "ack"; refusal: string | undefined }
	| { kind: "presence" }
	| { kind: "other" };

/** A full client, as a page would use it, told of every body that it gets. */
export type Client = { close(): void };
export type ClientEvents = { onBodies(bodies: string[]): void; onLost(why: string): void };

/** How one kind of server is spoken to. A `token` says who joins, where the server asks. */
export type Wire = {
	/** Whether every message is answered. */
	readonly acks: boolean;
	/** A bare line that is a member of the room once this resolves. */
	join(port: number, room: string, token?: string): Promise<Connection>;
	/** The same with the client library that people use with this server. */
	joinWithClient(port: number, room: string, events: ClientEvents, token?: string): Promise<Client>;
	/** The text that says `body` in the room. */
	message(room: string, body: string): string;
	hear(text: string): Heard;
};
