import type { Ack } from "../../../app/protocol/refusal.ts";
import { eventPacket, PACKET, parsePacket } from "../../kit/wire.ts";
import type { PeerConnection } from "../protocols/connection.ts";

type Waiting = { resolve: (text: string) => void; reject: (error: Error) => void };

/** A connection that makes requests, one after the other or several at once, and ignores what it did not request. */
export class Requester {
	readonly #connection: PeerConnection;
	readonly #waiting = new Map<number, Waiting>();
	#requests = 0;

	constructor(connection: PeerConnection) {
		this.#connection = connection;
		connection.listen({
			onBytes: () => 0,
			onText: (bytes, start, end) => {
				const text = bytes.toString("utf8", start, end);
				if (text === PACKET.ping) connection.send(PACKET.pong);
				else if (text.startsWith(PACKET.ack)) this.#onAck(text);
			},
		});
		connection.onLost = (why) => {
			for (const { reject } of this.#waiting.values()) reject(new Error(why));
			this.#waiting.clear();
		};
	}

	/** Resolves with the data of the ack and its size. Rejects if it is a refusal, or if the connection is lost. */
	async request(event: string, payload: object): Promise<{ data: unknown; bytes: number }> {
		const { promise, resolve, reject } = Promise.withResolvers<string>();
		const id = this.#requests++;
		this.#waiting.set(id, { resolve, reject });
		this.#connection.send(eventPacket(id, event, payload));
		const text = await promise;
		const packet = parsePacket(text);
		const [ack] = (packet.type === "ack" ? packet.args : []) as [Ack<unknown>];
		if (!ack.ok) throw new Error(`The server refused ${event}: ${ack.error.message}`);
		return { data: ack.data, bytes: Buffer.byteLength(text) };
	}

	close(): void {
		this.#connection.close();
	}

	#onAck(text: string): void {
		const id = Number.parseInt(text.slice(PACKET.ack.length), 10);
		this.#waiting.get(id)?.resolve(text);
		this.#waiting.delete(id);
	}
}
