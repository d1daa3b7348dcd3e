import { randomUUID } from "node:crypto";
import type { Socket } from "socket.io-client";
import type { RoomAppended } from "../../app/protocol/log.ts";
import { nowMs } from "../clock.ts";
import type { Row } from "../roster.ts";
import type { Membership } from "./membership.ts";
import { Requests } from "./requests.ts";
import { takeTheShortWay } from "./short-way.ts";
import type { Thread } from "./thread.ts";
import { turns } from "./turns.ts";

const RETURN_EVERY_MS = 1_000;

/** One person: a session, a connection, the rooms they are in, and their next turn to speak. */
export class VirtualUser {
	readonly row: Row;
	connectingSinceMs = 0;
	deliveries = 0;
	readonly memberships = new Map<string, Membership>();
	readonly #thread: Thread;
	#socket: Socket | undefined;
	#requests: Requests | undefined;
	#droppedAtMs = 0;
	#hasHungUp = false;

	constructor(thread: Thread, row: Row) {
		this.#thread = thread;
		this.row = row;
	}

	get isInRoom(): boolean {
		for (const membership of this.memberships.values()) if (membership.isPresent) return true;
		return false;
	}

	/** Whether the line broke on purpose and is to come back. */
	get isReturning(): boolean {
		return this.#droppedAtMs > 0;
	}

	/** Bytes that came over the connection; undefined while it isn't a WebSocket. */
	get bytesRead(): number | undefined {
		const transport = this.#socket?.io.engine?.transport as { ws?: { _socket?: { bytesRead: number } } } | undefined;
		return transport?.ws?._socket?.bytesRead;
	}

	/** From here on everything that comes and goes over the connection is in the books. */
	attach(socket: Socket): void {
		this.#socket = socket;
		this.#thread.tally.record("connect", nowMs() - this.connectingSinceMs);
		// The engine leaves this listener behind; at a later failure it would end the user's flow a second time
		// (artillery-engine-socketio-v3 1.2.0, index.js:362).
		socket.off("connect_error");
		// It also counts every packet, to no end but its own debugging (index.js:357).
		socket.offAny();
		socket.on("room:appended", (appended: RoomAppended) => this.#take(appended));
		socket.on("disconnect", (reason) => this.#lineLost(reason));
		takeTheShortWay(socket, (appended) => this.#take(appended));
		socket.on("connect", () => {
			takeTheShortWay(socket, (appended) => this.#take(appended));
			this.#rejoin();
		});
		socket.on("connect_error", (error) => this.#returnLater(error.message));
		this.#requests = new Requests(this.#thread, this, socket);
	}

	/** The user's turns, in milliseconds after the start. */
	schedule(): number[] {
		const times = turns(this.row, this.#thread.plan.settings);
		this.#thread.turnsPlanned += times.length;
		return times;
	}

	/** Waits for the moment `intendedMs` on the steady clock; a turn that is overdue comes at once. */
	takeTurn(intendedMs: number, vars: Record<string, unknown>, done: () => void): void {
		const readyMs = nowMs();
		const begin = () => {
			if (!this.#thread.isClosed) {
				this.#thread.turnsTaken++;
				this.#thread.tally.record("lateness", nowMs() - Math.max(intendedMs, readyMs));
			}
			if (this.#requests) this.#requests.intendedMs = intendedMs;
			vars.clientId = randomUUID();
			vars.body = this.#thread.text;
			done();
		};
		if (this.#thread.isClosed || intendedMs <= readyMs) setImmediate(begin);
		else setTimeout(begin, intendedMs - readyMs);
	}

	/** Breaks the line under the socket's feet; it comes back at once. */
	breakLine(): void {
		if (this.#thread.isClosed || !this.#socket?.connected) return;
		this.#droppedAtMs = nowMs();
		this.#socket.io.engine.close();
	}

	/** Leaves for good: what comes from here on is not owed any more. */
	hangUp(): void {
		this.#hasHungUp = true;
		this.#socket?.disconnect();
	}

	#take(appended: RoomAppended): void {
		const sampleMs = this.#thread.selfWatch.begin();
		const atMs = this.#thread.sinceEpochMs;
		const { tally } = this.#thread;
		const membership = this.memberships.get(appended.room);
		for (const entry of appended.entries) {
			const intendedUs = membership?.deliver(entry);
			this.deliveries++;
			tally.deliveries++;
			if (intendedUs !== undefined) tally.record("fanout", atMs - intendedUs / 1_000);
		}
		this.#thread.selfWatch.end(sampleMs);
	}

	#lineLost(reason: string): void {
		for (const membership of this.memberships.values()) membership.lineLost();
		if (this.#hasHungUp) return;
		if (this.isReturning) setImmediate(() => this.#socket!.connect());
		else this.#thread.countError(`line lost: ${reason}`);
	}

	#rejoin(): void {
		let waiting = this.memberships.size;
		for (const membership of this.memberships.values()) {
			this.#requests!.rejoin(membership, () => {
				if (--waiting > 0 || !this.isInRoom) return;
				this.#thread.tally.record("resume", nowMs() - this.#droppedAtMs);
				this.#droppedAtMs = 0;
				this.#requests!.resendOutbox();
			});
		}
	}

	#returnLater(cause: string): void {
		if (this.#thread.isClosed) return;
		this.#thread.countError(`return: ${cause}`);
		setTimeout(() => this.#thread.isClosed || this.#socket!.connect(), RETURN_EVERY_MS * (0.5 + Math.random()));
	}
}
