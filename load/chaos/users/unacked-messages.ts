import { randomUUID } from "node:crypto";
import type { ChatClient } from "../../kit/client.ts";
import type { SentMessage } from "../check/history.ts";

/** For a refusal without `retryAfterMs`. */
const RETRY_MS = 150;

type Deps = {
	room: string;
	/** Receives every message that is sent. */
	sent: SentMessage[];
	/** Returns the socket that has joined the room, and its connection number; undefined while there is none. */
	current: () => { socket: ChatClient; connection: number } | undefined;
	onAck: () => void;
	onRefusal: (code: string) => void;
};

/** A user's messages that have no ack yet, in order. They are sent again on every new connection (rule M2). */
export class UnackedMessages {
	/** The highest seq of an ack; 0 before the first. */
	lastAcked = 0;
	readonly #deps: Deps;
	readonly #messages = new Map<string, SentMessage>();

	constructor(deps: Deps) {
		this.#deps = deps;
	}

	get size(): number {
		return this.#messages.size;
	}

	add(body: string): void {
		const clientId = randomUUID();
		const message: SentMessage = { clientId, body, connection: 0, sentAt: performance.now(), acks: [], refusals: 0 };
		this.#deps.sent.push(message);
		this.#messages.set(clientId, message);
		this.#send(message);
	}

	/**
	 * Whether a message of this body was first sent on this connection and has no answer yet. A refused message may have
	 * been stored all the same (rule M4).
	 */
	isAwaited(body: string, connection: number): boolean {
		return this.#messages.values().some((one) => one.body === body && one.connection === connection && !one.refusals);
	}

	resend(): void {
		for (const message of this.#messages.values()) this.#send(message);
	}

	#send(message: SentMessage): void {
		const { room, current, onAck, onRefusal } = this.#deps;
		const { clientId, body } = message;
		const on = current();
		if (on === undefined) return;
		message.connection ||= on.connection;
		on.socket.emit("message:send", { room, clientId, body }, (ack) => {
			if (ack.ok) {
				message.acks.push({ seq: ack.data.seq, connection: on.connection, at: performance.now() });
				this.lastAcked = Math.max(this.lastAcked, ack.data.seq);
				this.#messages.delete(clientId);
				onAck();
				return;
			}
			message.refusals++;
			onRefusal(ack.error.code);
			// A message that is refused permanently stays: the checker then finds that it was never acked.
			if (!ack.error.retryable) return;
			setTimeout(() => {
				if (current()?.connection === on.connection && this.#messages.has(clientId)) this.#send(message);
			}, ack.error.retryAfterMs ?? RETRY_MS);
		});
	}
}
