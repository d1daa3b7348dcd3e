import { randomUUID } from "node:crypto";
import type { Socket } from "socket.io-client";
import { MAX_JOINS } from "../../app/protocol/limits.ts";
import type { RoomAppended } from "../../app/protocol/log.ts";
import type { Ack } from "../../app/protocol/refusal.ts";
import type { SessionData } from "../../app/protocol/session.ts";
import { turnsPerMessage } from "../command-line/mix.ts";
import { entryKind } from "../ledger/entry-kinds.ts";
import { nowMs } from "../measure/clock.ts";
import { FANOUT_MEASURES } from "../measure/measures.ts";
import type { Row } from "../plan/roster.ts";
import { ComputedRoom } from "../state/computed-room.ts";
import { Actions } from "./actions.ts";
import { FileTransfers } from "./file-transfers.ts";
import type { Membership } from "./membership.ts";
import { useReceiveFastPath } from "./receive-fast-path.ts";
import { Requests } from "./requests.ts";
import { scheduleOf } from "./schedule.ts";
import type { Thread } from "./thread.ts";

const RECONNECT_DELAY_MS = 1_000;

/** One user: a session, a connection, rooms, and a schedule of sends. */
export class VirtualUser {
	readonly row: Row;
	/** The id that the server gave; empty before the session is open. */
	id = "";
	connectingSinceMs = 0;
	deliveries = 0;
	readonly memberships = new Map<string, Membership>();
	readonly #thread: Thread;
	#socket: Socket | undefined;
	#requests: Requests | undefined;
	#actions: Actions | undefined;
	#files: FileTransfers | undefined;
	#droppedAtMs = 0;
	#onResumed: (() => void) | undefined;
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

	/** Takes the session that the server has opened. */
	signedIn({ user, token }: SessionData): void {
		this.id = user.id;
		const server = this.#thread.plan.targets[this.row.server]!;
		this.#files = new FileTransfers(this.#thread, { user: this.row.user, server, token });
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
		const { settings } = this.#thread.plan;
		const { mix, rate } = settings;
		const times = scheduleOf(this.row, { ...settings, rate: mix ? rate * turnsPerMessage(mix) : rate });
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

	/** Does what the mix of the profile has next, and calls `done` when it has been acknowledged. */
	act(done: () => void): void {
		const { plan, text } = this.#thread;
		const { user, room } = this.row;
		if (!plan.settings.mix) throw new Error('The step "function: act" needs config.load.mix.');
		this.#actions ??= new Actions(
			{
				user,
				room,
				text,
				recent: this.#thread.recentMessages(room),
				oldest: () => this.memberships.get(room)?.state?.from,
				emit: (...event) => void this.#socket!.emit(...event),
				dropConnection: (onResumed) => this.dropConnection(onResumed),
				upload: (...upload) => this.#files!.upload(...upload),
			},
			plan.settings.mix,
		);
		this.#actions.act(done);
	}

	/** Returns an empty state of a room; undefined for a user whose state is not checked. */
	newState(): ComputedRoom | undefined {
		return this.#thread.hasState(this.row.user) ? new ComputedRoom(this.id) : undefined;
	}

	/** Returns the states of the rooms that the user is in. */
	states(): { room: string; state: ComputedRoom }[] {
		return [...this.memberships.values()].flatMap(({ room, state, isPresent }) => {
			return state && isPresent ? { room, state } : [];
		});
	}

	/** Requests the newest messages of a room. */
	history(room: string): Promise<Ack<unknown>> {
		return new Promise((resolve) => this.#socket!.emit("message:history", { room }, resolve));
	}

	/** Closes the transport under the socket, which then reconnects at once. */
	dropConnection(onResumed?: () => void): void {
		if (this.#thread.isClosed || !this.#socket?.connected) {
			onResumed?.();
			return;
		}
		this.#onResumed = onResumed;
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
			const kind = entryKind(entry);
			if (intendedUs === undefined || kind === undefined) continue;
			// One's own file is drawn from the device.
			if (entry.kind === "message" && entry.files && entry.author.id !== this.id)
				this.#files?.see(appended.room, entry.seq, entry.files);
			counts.record(FANOUT_MEASURES[kind], atMs - intendedUs / 1_000);
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
		const memberships = [...this.memberships.values()];
		// A request joins a limited number of rooms.
		let waiting = Math.ceil(memberships.length / MAX_JOINS);
		while (memberships.length > 0) {
			this.#requests!.rejoin(memberships.splice(0, MAX_JOINS), () => {
				if (--waiting > 0 || !this.isInRoom) return;
				this.#thread.counts.record("resume", nowMs() - this.#droppedAtMs);
				this.#droppedAtMs = 0;
				this.#requests!.resendOutbox();
				this.#onResumed?.();
				this.#onResumed = undefined;
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
