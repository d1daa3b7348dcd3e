import { PROTOCOL_VERSION } from "../../app/protocol/events.ts";
import type { Ack } from "../../app/protocol/refusal.ts";
import { RawConnection } from "./raw-connection.ts";
import { connectPacket, encodeFrame, eventPacket, FrameReader, OPCODE, PACKET, parsePacket } from "./wire.ts";

/** Called with undefined when the connection ends before the acknowledgement. */
type OnAck = (ack: Ack<never> | undefined) => void;

/** A client that writes packets itself: it costs little, can send what no client should, and can stop reading. */
export class PacketClient {
	readonly raw: RawConnection;
	#lastId = 0;
	readonly #waiting = new Map<number, OnAck>();
	readonly #accepted = Promise.withResolvers<boolean>();
	readonly #frames = new FrameReader((opcode, bytes, start, end) => {
		if (opcode === OPCODE.text) this.#receive(bytes.toString("utf8", start, end));
	});

	private constructor(raw: RawConnection) {
		this.raw = raw;
		raw.socket.on("data", (chunk: Buffer) => this.#frames.push(chunk));
		raw.socket.on("close", () => {
			this.#accepted.resolve(false);
			for (const onAck of this.#waiting.values()) onAck(undefined);
			this.#waiting.clear();
		});
		raw.socket.resume();
	}

	/** Resolves with a connected client, with undefined if the server refuses the connection. */
	static async open(url: string, token: string, from?: string): Promise<PacketClient | undefined> {
		const raw = new RawConnection(url, from);
		if ((await raw.upgrade()) === 101) {
			const client = new PacketClient(raw);
			client.send(connectPacket({ token, v: PROTOCOL_VERSION }));
			if (await client.#accepted.promise) return client;
		}
		raw.destroy();
		return undefined;
	}

	get isOpen(): boolean {
		return this.raw.isOpen;
	}

	/** Sends an Engine.IO packet as it is. */
	send(packet: string): void {
		this.raw.write(encodeFrame({ payload: packet }));
	}

	/** Emits an event; without `onAck` it asks for no acknowledgement. */
	emit(event: string, payload: unknown, onAck?: OnAck): void {
		const id = onAck && ++this.#lastId;
		if (onAck) this.#waiting.set(this.#lastId, onAck);
		this.send(eventPacket(id, event, payload));
	}

	/** Resolves with the acknowledgement, with undefined if the connection ends before it. */
	request(event: string, payload: unknown): Promise<Ack<never> | undefined> {
		if (!this.isOpen) return Promise.resolve(undefined);
		return new Promise((resolve) => this.emit(event, payload, resolve));
	}

	stopReading(): void {
		this.raw.socket.pause();
	}

	close(): void {
		this.raw.destroy();
	}

	#receive(text: string): void {
		const packet = parsePacket(text);
		if (packet.type === "ping") this.send(PACKET.pong);
		else if (packet.type === "connect") this.#accepted.resolve(true);
		else if (packet.type === "connectError") this.#accepted.resolve(false);
		else if (packet.type === "ack") {
			const onAck = this.#waiting.get(packet.id);
			this.#waiting.delete(packet.id);
			onAck?.(packet.args[0] as Ack<never>);
		}
	}
}
