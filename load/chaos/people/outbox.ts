import { randomUUID } from "node:crypto";
import type { Said } from "../check/record.ts";
import type { Line } from "./line.ts";

/** A refusal that does not say when to try again. */
const RETRY_MS = 150;

type Deps = {
	room: string;
	/** Where everything that was said is kept. */
	said: Said[];
	/** The line that can be spoken on, and its number. */
	current: () => { line: Line; number: number } | undefined;
	onAck: () => void;
	onRefusal: (code: string) => void;
};

/** What was said and not acked yet, in order. It is sent again on every new line, until it is acked. */
export class Outbox {
	/** The highest `seq` that an ack has named; 0 before the first. */
	lastAcked = 0;
	readonly #deps: Deps;
	readonly #waiting = new Map<string, Said>();

	constructor(deps: Deps) {
		this.#deps = deps;
	}

	get size(): number {
		return this.#waiting.size;
	}

	add(body: string): void {
		const said: Said = { clientId: randomUUID(), body, line: 0, saidAt: performance.now(), acks: [], refusals: 0 };
		this.#deps.said.push(said);
		this.#waiting.set(said.clientId, said);
		this.#send(said);
	}

	/**
	 * Whether the message of this body went out first on this line and has no answer yet. What was refused for the moment
	 * may have been stored all the same (rule M4).
	 */
	isAwaited(body: string, line: number): boolean {
		return this.#waiting.values().some((said) => said.body === body && said.line === line && said.refusals === 0);
	}

	resend(): void {
		for (const said of this.#waiting.values()) this.#send(said);
	}

	#send(said: Said): void {
		const { room, current, onAck, onRefusal } = this.#deps;
		const on = current();
		if (on === undefined) return;
		said.line ||= on.number;
		on.line.emit("message:send", { room, clientId: said.clientId, body: said.body }, (ack) => {
			if (ack.ok) {
				said.acks.push({ seq: ack.data.seq, line: on.number, at: performance.now() });
				this.lastAcked = Math.max(this.lastAcked, ack.data.seq);
				this.#waiting.delete(said.clientId);
				onAck();
				return;
			}
			said.refusals++;
			onRefusal(ack.error.code);
			// What is refused for good stays here as well: that it was never acked is then found.
			if (!ack.error.retryable) return;
			setTimeout(() => {
				if (current()?.number === on.number && this.#waiting.has(said.clientId)) this.#send(said);
			}, ack.error.retryAfterMs ?? RETRY_MS);
		});
	}
}
