import type { Cursor } from "../../app/protocol/log.ts";
import type { ServerConnection } from "../connection/server-connection.ts";

/** Minimum interval between two moves that are sent, in milliseconds. */
const SEND_EVERY_MS = 750;

/** A move of a read mark: forward, or back on purpose. */
export type Move = Cursor & { back?: true | undefined };

type MarkSenderOptions = {
	room: string;
	connection: Pick<ServerConnection, "request">;
	/** Whether the server knows the user as a member. */
	isLive(): boolean;
	/** Called when the server has a move, and no later one is unsent. */
	onSent(move: Move): void;
};

/** Sends the moves of a room's read mark to the server: of several in a short time the last one, and again until it arrives. */
export class MarkSender {
	readonly #options: MarkSenderOptions;
	#unsent: Move | undefined;
	#isSending = false;
	#timer: ReturnType<typeof setTimeout> | undefined;

	constructor(options: MarkSenderOptions) {
		this.#options = options;
	}

	/** The last move, until the server has it. */
	get unsent(): Move | undefined {
		return this.#unsent;
	}

	move(move: Move): void {
		this.#unsent = this.#unsent?.back ? { ...move, back: true } : move;
		this.resume();
	}

	/** Drops the last move, unless it is under way: the user has moved the mark back on another device. */
	cancel(): void {
		if (!this.#isSending) this.#unsent = undefined;
	}

	/** Sends what is unsent. Call this after a join. */
	resume(): void {
		if (this.#unsent && !this.#timer && !this.#isSending && this.#options.isLive()) void this.#send(this.#unsent);
	}

	async #send(move: Move): Promise<void> {
		const { room, connection, onSent } = this.#options;
		this.#timer = setTimeout(() => {
			this.#timer = undefined;
			this.resume();
		}, SEND_EVERY_MS);
		this.#isSending = true;
		const ack = await connection.request("room:read", { room, ...move });
		this.#isSending = false;
		if (this.#unsent === move && (ack.ok || !ack.error.retryable)) {
			this.#unsent = undefined;
			onSent(move);
		}
		this.resume();
	}
}
