import type { Socket } from "socket.io-client";
import type { HistoryData, SendData } from "../../app/protocol/message.ts";
import type { Ack, Refusal } from "../../app/protocol/refusal.ts";
import type { JoinData, JoinsData } from "../../app/protocol/room.ts";
import { nowMs } from "../measure/clock.ts";
import { ACK_MEASURES } from "../measure/measures.ts";
import { ACK_TIMEOUT_MS } from "../plan/plan.ts";
import { Membership } from "./membership.ts";
import type { Thread } from "./thread.ts";
import type { VirtualUser } from "./virtual-user.ts";
import { type Payload, type Write, writeOf } from "./write.ts";

type OnAck = (ack: Ack<unknown>) => void;

const NO_ANSWER: Ack<never> = {
	ok: false,
	error: { code: "unavailable", message: "No answer came.", retryable: true },
};
const WRITES = ["message:send", "message:edit", "message:remove", "reaction:set"];
const READS = ["message:history", "message:around"];

/**
 * Wraps the socket's `emit`, so that the plain `emit` steps of a scenario are timed, recorded in the ledger and have a
 * timeout: the engine itself waits for an ack forever (artillery-engine-socketio-v3 1.2.0, index.js:233).
 */
export class Requests {
	/** When the schedule intended the next entry; undefined for an unscheduled one. */
	intendedMs: number | undefined;
	readonly #thread: Thread;
	readonly #user: VirtualUser;
	readonly #socket: Socket;
	readonly #emit: Socket["emit"];
	#texts = 0;
	#outbox: (() => void)[] = [];

	constructor(thread: Thread, user: VirtualUser, socket: Socket) {
		this.#thread = thread;
		this.#user = user;
		this.#socket = socket;
		this.#emit = socket.emit.bind(socket);
		socket.emit = (event: string, payload: Payload, onAck: OnAck = () => {}) => {
			if (this.#thread.isClosed) onAck(NO_ANSWER);
			else if (event === "room:join") this.#join(payload, onAck);
			else if (event === "room:leave") this.#leave(payload, onAck);
			else if (WRITES.includes(event)) this.#write(event, payload, onAck);
			else if (READS.includes(event)) this.#read(event, payload, onAck);
			else if (event.startsWith("typing:")) this.#emit(event, payload);
			else this.#request(event, payload, (ack) => onAck(ack ?? NO_ANSWER));
			return socket;
		};
	}

	/** Resumes in rooms, each after the last entry that arrived. The server refuses rooms that no longer fit into the ack. */
	rejoin(memberships: readonly Membership[], done: () => void): void {
		const rooms = memberships.map(({ room, cursor }) => ({ room, after: cursor }));
		this.#request("rooms:join", { rooms }, (ack) => {
			const acks = ack?.ok ? (ack.data as JoinsData) : [];
			const remaining: Membership[] = [];
			for (const [index, each] of acks.entries()) {
				if (each.ok) memberships[index]!.joined(each.data);
				else if (each.error.retryAfterMs === 0) remaining.push(memberships[index]!);
				else this.#thread.countError(`rooms:join: ${causeOf(each.error)}`);
			}
			if (remaining.length > 0) this.rejoin(remaining, done);
			else done();
		});
	}

	/** Sends the unacknowledged entries again; their clientId prevents duplicates. */
	resendOutbox(): void {
		const outbox = this.#outbox;
		this.#outbox = [];
		for (const attempt of outbox) attempt();
	}

	#join(payload: Payload, onAck: OnAck): void {
		const room = String(payload.room);
		const membership = new Membership(this.#thread.room(room), this.#user.row.user, this.#user.newState());
		this.#user.memberships.set(room, membership);
		const requestedMs = nowMs();
		this.#request("room:join", payload, (ack) => {
			if (ack?.ok) {
				this.#thread.counts.record("join", nowMs() - requestedMs);
				membership.joined(ack.data as JoinData);
			} else this.#user.memberships.delete(room);
			onAck(ack ?? NO_ANSWER);
		});
	}

	#leave(payload: Payload, onAck: OnAck): void {
		this.#request("room:leave", payload, (ack) => {
			this.#user.memberships.get(String(payload.room))?.absent();
			this.#user.memberships.delete(String(payload.room));
			onAck(ack ?? NO_ANSWER);
		});
	}

	#read(event: string, payload: Payload, onAck: OnAck): void {
		const requestedMs = nowMs();
		const membership = this.#user.memberships.get(String(payload.room));
		this.#request(event, payload, (ack) => {
			if (ack?.ok) {
				this.#thread.counts.record("page", nowMs() - requestedMs);
				const before = event === "message:history" && !("root" in payload) ? Number(payload.before) : undefined;
				membership?.state?.merge(ack.data as HistoryData, before);
			}
			onAck(ack ?? NO_ANSWER);
		});
	}

	#write(event: string, payload: Payload, onAck: OnAck): void {
		const { counts, plan } = this.#thread;
		if (!this.#socket.connected && !this.#user.isResuming) {
			this.#thread.countError(`${event}: not connected`);
			onAck(NO_ANSWER);
			return;
		}
		const intendedMs = this.intendedMs ?? nowMs();
		this.intendedMs = undefined;
		const intendedUs = Math.max(0, Math.round((intendedMs - plan.epochMs) * 1_000));
		const from = { run: plan.run, sender: this.#user.row.user, n: ++this.#texts, intendedUs };
		const write = writeOf(event, payload, from)!;
		const ledger = this.#thread.room(String(payload.room));
		const { id, kind, target } = write;
		if (id !== undefined && (kind === "reaction" || kind === "removal")) ledger.expect(id, intendedUs);
		counts.sent++;
		const attempt = () =>
			this.#request(
				event,
				write.payload,
				(ack) => {
					if (ack === undefined && this.#user.isResuming) {
						this.#outbox.push(attempt);
						return;
					}
					if (ack?.ok) {
						counts.acked++;
						counts.record(ACK_MEASURES[kind], nowMs() - intendedMs);
						if (id !== undefined) ledger.acknowledge((ack.data as SendData).seq, id);
					} else if (isGone(write, ack)) ledger.notFound.push(target!);
					onAck(ack ?? NO_ANSWER);
				},
				(ack) => isGone(write, ack),
			);
		// After a reconnect the user is in no room before the rejoin is acknowledged.
		if (this.#user.isResuming) this.#outbox.push(attempt);
		else attempt();
	}

	/** Calls `onAck` with undefined if no acknowledgement arrives in time. A refusal is an error, unless it `isExpected`. */
	#request(
		event: string,
		payload: Payload,
		onAck: (ack: Ack<unknown> | undefined) => void,
		isExpected: (ack: Ack<unknown>) => boolean = () => false,
	): void {
		this.#thread.inFlight++;
		this.#socket.timeout(ACK_TIMEOUT_MS);
		this.#emit(event, payload, (error: Error | null, ack?: Ack<unknown>) => {
			this.#thread.inFlight--;
			if (error || typeof ack !== "object") {
				if (!this.#user.isResuming) this.#thread.countError(`${event}: no answer`);
				onAck(undefined);
				return;
			}
			if (!ack.ok && !isExpected(ack)) this.#thread.countError(`${event}: ${causeOf(ack.error)}`);
			onAck(ack);
		});
	}
}

/** Returns whether a change was refused because its message has been removed. The ledger checks that it was. */
function isGone({ target }: Write, ack: Ack<unknown> | undefined): boolean {
	return target !== undefined && ack?.ok === false && ack.error?.code === "not_found" && ack.error.field === "target";
}

/** Returns the code, and the field of a bad request. */
function causeOf(error: Refusal | undefined): string {
	return error?.field ? `${error.code} (${error.field})` : String(error?.code);
}
