import type { Socket } from "socket.io-client";
import type { SendData } from "../../app/protocol/message.ts";
import type { Ack, Refusal } from "../../app/protocol/refusal.ts";
import type { JoinData } from "../../app/protocol/room.ts";
import { nowMs } from "../clock.ts";
import { messageId, writeMarker } from "../ledger/marker.ts";
import { ACK_TIMEOUT_MS } from "../plan.ts";
import { Membership } from "./membership.ts";
import type { Thread } from "./thread.ts";
import type { VirtualUser } from "./virtual-user.ts";

type Answer = (ack: Ack<unknown>) => void;
type Payload = Record<string, unknown>;

const NO_ANSWER: Ack<never> = {
	ok: false,
	error: { code: "unavailable", message: "No answer came.", retryable: true },
};

/**
 * Stands between a scenario's `emit` steps and the socket, so that plain steps are timed, put in the books, and
 * guarded: the engine waits for an ack for ever (artillery-engine-socketio-v3 1.2.0, index.js:233).
 */
export class Requests {
	/** When the schedule meant the next message to be sent; undefined for one that has no turn. */
	intendedMs: number | undefined;
	readonly #thread: Thread;
	readonly #user: VirtualUser;
	readonly #socket: Socket;
	readonly #emit: Socket["emit"];
	#messages = 0;
	#outbox: (() => void)[] = [];

	constructor(thread: Thread, user: VirtualUser, socket: Socket) {
		this.#thread = thread;
		this.#user = user;
		this.#socket = socket;
		this.#emit = socket.emit.bind(socket);
		socket.emit = (event: string, payload: Payload, answer: Answer = () => {}) => {
			if (this.#thread.isClosed) answer(NO_ANSWER);
			else if (event === "room:join") this.#join(payload, answer);
			else if (event === "room:leave") this.#leave(payload, answer);
			else if (event === "message:send") this.#say(payload, answer);
			else if (event.startsWith("typing:")) this.#emit(event, payload);
			else this.#ask(event, payload, (ack) => answer(ack ?? NO_ANSWER));
			return socket;
		};
	}

	/** Goes on in a room after a dropped line, from the last entry that came. */
	rejoin(membership: Membership, back: () => void): void {
		this.#ask("room:join", { room: membership.room, after: membership.cursor }, (ack) => {
			if (ack?.ok) membership.joined(ack.data as JoinData);
			back();
		});
	}

	/** Says again what had no ack when the line broke; the clientId keeps it from being stored twice. */
	resendOutbox(): void {
		const outbox = this.#outbox;
		this.#outbox = [];
		for (const attempt of outbox) attempt();
	}

	#join(payload: Payload, answer: Answer): void {
		const room = String(payload.room);
		const membership = new Membership(this.#thread.room(room), this.#user.row.user);
		this.#user.memberships.set(room, membership);
		const askedMs = nowMs();
		this.#ask("room:join", payload, (ack) => {
			if (ack?.ok) {
				this.#thread.tally.record("join", nowMs() - askedMs);
				membership.joined(ack.data as JoinData);
			} else this.#user.memberships.delete(room);
			answer(ack ?? NO_ANSWER);
		});
	}

	#leave(payload: Payload, answer: Answer): void {
		this.#ask("room:leave", payload, (ack) => {
			this.#user.memberships.get(String(payload.room))?.left();
			this.#user.memberships.delete(String(payload.room));
			answer(ack ?? NO_ANSWER);
		});
	}

	#say(payload: Payload, answer: Answer): void {
		const { tally, plan } = this.#thread;
		if (!this.#socket.connected && !this.#user.isReturning) {
			this.#thread.countError("message:send: no line");
			answer(NO_ANSWER);
			return;
		}
		const intendedMs = this.intendedMs ?? nowMs();
		this.intendedMs = undefined;
		const intendedUs = Math.max(0, Math.round((intendedMs - plan.epochMs) * 1_000));
		const marker = { run: plan.run, sender: this.#user.row.user, n: ++this.#messages, intendedUs };
		const stamped = { ...payload, body: writeMarker(marker, String(payload.body)) };
		tally.sent++;
		const attempt = () =>
			this.#ask("message:send", stamped, (ack) => {
				if (ack === undefined && this.#user.isReturning) {
					this.#outbox.push(attempt);
					return;
				}
				if (ack?.ok) {
					tally.acked++;
					tally.record("ack", nowMs() - intendedMs);
					this.#thread.room(String(payload.room)).acknowledge((ack.data as SendData).seq, messageId(marker));
				}
				answer(ack ?? NO_ANSWER);
			});
		// Between the line's return and the rejoin nobody is in the room yet.
		if (this.#user.isReturning) this.#outbox.push(attempt);
		else attempt();
	}

	#ask(event: string, payload: Payload, onAnswer: (ack: Ack<unknown> | undefined) => void): void {
		this.#thread.inFlight++;
		this.#socket.timeout(ACK_TIMEOUT_MS);
		this.#emit(event, payload, (error: Error | null, ack?: Ack<unknown>) => {
			this.#thread.inFlight--;
			if (error || typeof ack !== "object") {
				if (!this.#user.isReturning) this.#thread.countError(`${event}: no answer`);
				onAnswer(undefined);
				return;
			}
			if (!ack.ok) this.#thread.countError(`${event}: ${causeOf(ack.error)}`);
			onAnswer(ack);
		});
	}
}

/** The code, and the field that a bad request is about. */
function causeOf(error: Refusal | undefined): string {
	return error?.field ? `${error.code} (${error.field})` : String(error?.code);
}
