import { randomUUID } from "node:crypto";
import type { Socket } from "socket.io-client";
import type { RoomAppended } from "../../app/protocol/log.ts";
import { nowMs } from "../measure/clock.ts";
import type { Row } from "../plan/roster.ts";
import type { Membership } from "./membership.ts";
import { useReceiveFastPath } from "./receive-fast-path.ts";
import { Requests } from "./requests.ts";
import { scheduleOf } from "./schedule.ts";
import type { Thread } from "./thread.ts";

const RECONNECT_DELAY_MS = 1_000;

/** One user: a session, a connection, rooms, and a schedule of sends. */
export class VirtualUser {
	readonly row: Row;
	connectingSinceMs = 0;
	deliveries = 0;
	readonly memberships = new Map<string, Membership>();
	readonly #thread: Thread;
	#socket: Socket | undefined;
	#requests: Requests | undefined;
	#droppedAtMs = 0;
	#hasDisconnected = false;

	constructor(thread: Thread, row: Row) {
		this.#thread = thread;
		this.row = row;
	}

	get isInRoom(): boolean {
		return this.memberships.values().some(({ isPresent }) => isPresent);
	}

	/** Whether the connection was dropped on purpose and the user has not resumed yet. */
	get isResuming(): boolean {
		return this.#droppedAtMs > 0;
	}

	/** Bytes received over the connection; undefined while it is not a WebSocket. */
	get bytesRead(): number | undefined {
		const transport = this.#socket?.io.engine?.transport as { ws?: { _socket?: { bytesRead: number } } } | undefined;
		return transport?.ws?._socket?.bytesRead;
	}

	/** Records everything that is sent and received over the connection from now on. */
	attach(socket: Socket): void {
		this.#socket = socket;
		this.#thread.counts.record("connect", nowMs() - this.connectingSinceMs);
		// The engine leaves this listener behind. At a later failure it would end the user's flow a second time
		// (artillery-engine-socketio-v3 1.2.0, index.js:362).
		socket.off("connect_error");
		// The engine counts every packet, only for its own debugging (index.js:357).
		socket.offAny();
		const onAppended = (appended: RoomAppended) => this.#receive(appended);
		socket.on("room:appended", onAppended);
		socket.on("disconnect", (reason) => this.#connectionLost(reason));
		useReceiveFastPath(socket, onAppended);
		socket.on("connect", () => {
			useReceiveFastPath(socket, onAppended);
			this.#rejoin();
		});
		socket.on("connect_error", (error) => this.#reconnectLater(error.message));
		this.#requests = new Requests(this.#thread, this, socket);
	}

	/** Returns the user's schedule, in milliseconds after the start. */
	schedule(): number[] {
		const times = scheduleOf(this.row, this.#thread.plan.settings);
		this.#thread.turnsPlanned += times.length;
		return times;
	}

	/** Waits until `intendedMs` on the monotonic clock; does not wait if that has passed. */
	takeTurn(intendedMs: number, vars: Record<string, unknown>, done: () => void): void {
		const readyMs = nowMs();
		const begin = () => {
			if (!this.#thread.isClosed) {
				this.#thread.turnsTaken++;
				this.#thread.counts.record("lateness", nowMs() - Math.max(intendedMs, readyMs));
			}
			if (this.#requests) this.#requests.intendedMs = intendedMs;
			vars.clientId = randomUUID();
			vars.body = this.#thread.text;
			done();
		};
		if (this.#thread.isClosed || intendedMs <= readyMs) setImmediate(begin);
		else setTimeout(begin, intendedMs - readyMs);
	}

	/** Closes the transport under the socket, which then reconnects at once. */
	dropConnection(): void {
		if (this.#thread.isClosed || !this.#socket?.connected) return;
		this.#droppedAtMs = nowMs();
		this.#socket.io.engine.close();
	}

	/** Disconnects permanently. Later entries do not count as lost. */
	disconnect(): void {
		this.#hasDisconnected = true;
		this.#socket?.disconnect();
	}

	#receive(appended: RoomAppended): void {
		const sampleMs = this.#thread.selfWatch.begin();
		const atMs = this.#thread.sinceEpochMs;
		const { counts } = this.#thread;
		const membership = this.memberships.get(appended.room);
		for (const entry of appended.entries) {
			const intendedUs = membership?.deliver(entry);
			this.deliveries++;
			counts.deliveries++;
			if (intendedUs !== undefined) counts.record("fanout", atMs - intendedUs / 1_000);
		}
		this.#thread.selfWatch.end(sampleMs);
	}

	#connectionLost(reason: string): void {
		for (const membership of this.memberships.values()) membership.absent();
		if (this.#hasDisconnected) return;
		if (this.isResuming) setImmediate(() => this.#socket!.connect());
		else this.#thread.countError(`connection lost: ${reason}`);
	}

	#rejoin(): void {
		let waiting = this.memberships.size;
		for (const membership of this.memberships.values()) {
			this.#requests!.rejoin(membership, () => {
				if (--waiting > 0 || !this.isInRoom) return;
				this.#thread.counts.record("resume", nowMs() - this.#droppedAtMs);
				this.#droppedAtMs = 0;
				this.#requests!.resendOutbox();
			});
		}
	}

	#reconnectLater(cause: string): void {
		if (this.#thread.isClosed) return;
		this.#thread.countError(`reconnect: ${cause}`);
		const delayMs = RECONNECT_DELAY_MS * (0.5 + Math.random());
		setTimeout(() => this.#thread.isClosed || this.#socket!.connect(), delayMs);
	}
}
