import { PROTOCOL_VERSION } from "../../../app/protocol/events.ts";
import type { Ack } from "../../../app/protocol/refusal.ts";
import { frame, unframe } from "./frame.ts";
import { RawLine } from "./raw-line.ts";

/** Engine.IO's and Socket.IO's packets, as texts. */
const ENGINE_PING = "2";
const ENGINE_PONG = "3";
const CONNECTED = "40";
const CONNECT_ERROR = "44";
const ACK = /^43(\d+)(\[.*)$/s;

/** Told undefined where the line ended before there was an answer. */
type OnAck = (ack: Ack<never> | undefined) => void;

/** A chat's line made of bytes: it costs the attacker little, and asks without waiting for answers. */
export class ChatLine {
	readonly raw: RawLine;
	#rest = Buffer.alloc(0);
	#lastId = 0;
	readonly #asked = new Map<number, OnAck>();
	#onEntered: ((isIn: boolean) => void) | undefined;

	private constructor(raw: RawLine) {
		this.raw = raw;
		raw.socket.on("data", (chunk) => this.#take(chunk as Buffer));
		raw.socket.on("close", () => {
			this.#onEntered?.(false);
			for (const onAck of this.#asked.values()) onAck(undefined);
			this.#asked.clear();
		});
	}

	/** Undefined where the server does not let it in. */
	static async open(url: string, from: string, token: string): Promise<ChatLine | undefined> {
		const raw = new RawLine(url, from);
		if ((await raw.upgrade()) !== 101) {
			raw.destroy();
			return undefined;
		}
		const line = new ChatLine(raw);
		const entered = new Promise<boolean>((resolve) => {
			line.#onEntered = resolve;
		});
		raw.socket.resume();
		line.say(`40${JSON.stringify({ token, v: PROTOCOL_VERSION })}`);
		if (await entered) return line;
		raw.destroy();
		return undefined;
	}

	get isOpen(): boolean {
		return this.raw.isOpen;
	}

	/** An Engine.IO packet as it stands. */
	say(packet: string): void {
		this.raw.write(frame(packet));
	}

	/** An event; without `onAck` it asks for no answer. */
	emit(event: string, payload: unknown, onAck?: OnAck): void {
		const id = onAck === undefined ? "" : ++this.#lastId;
		if (onAck) this.#asked.set(this.#lastId, onAck);
		this.say(`42${id}${JSON.stringify([event, payload])}`);
	}

	/** Undefined where the line ends before there is an answer. */
	ask(event: string, payload: unknown): Promise<Ack<never> | undefined> {
		if (!this.isOpen) return Promise.resolve(undefined);
		return new Promise((resolve) => this.emit(event, payload, resolve));
	}

	/** Reads nothing more. */
	deafen(): void {
		this.raw.socket.pause();
	}

	close(): void {
		this.raw.destroy();
	}

	#take(chunk: Buffer): void {
		const { texts, rest } = unframe(this.#rest.length > 0 ? Buffer.concat([this.#rest, chunk]) : chunk);
		this.#rest = Buffer.from(rest);
		for (const text of texts) {
			if (text === ENGINE_PING) this.say(ENGINE_PONG);
			else if (text.startsWith(CONNECTED)) this.#onEntered?.(true);
			else if (text.startsWith(CONNECT_ERROR)) this.#onEntered?.(false);
			else this.#answer(text);
		}
	}

	#answer(text: string): void {
		const [, id, args] = ACK.exec(text) ?? [];
		if (id === undefined) return;
		const onAck = this.#asked.get(Number(id));
		this.#asked.delete(Number(id));
		onAck?.((JSON.parse(args!) as [Ack<never>])[0]);
	}
}
