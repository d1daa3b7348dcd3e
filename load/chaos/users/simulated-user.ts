import type { Entry, RoomAppended } from "../../../app/protocol/log.ts";
import type { SessionData } from "../../../app/protocol/session.ts";
import { type ChatClient, dial, type Transport } from "../../kit/client.ts";
import type { Random } from "../../kit/random.ts";
import type { UserHistory } from "../check/history.ts";
import { nextCommand } from "./next-command.ts";
import { Outbox } from "./outbox.ts";
import { readPages, readRandomPage } from "./reads.ts";
import { ReceivedLog } from "./received-log.ts";

/** A join without an answer fails after this time, and its connection with it. */
const JOIN_TIMEOUT_MS = 10_000;

export type Reconnection = {
	transports: readonly Transport[];
	/** The first attempt comes at a random time within `firstMs`, each further one within twice as long, up to `longestMs`. */
	firstMs: number;
	longestMs: number;
};

export type UserOptions = {
	url: string;
	/** The address of this machine that connections use, if not any. */
	from?: string | undefined;
	session: SessionData;
	room: string;
	random: Random;
	reconnection: Reconnection;
	onAck: () => void;
	onRefusal: (code: string) => void;
	/** Called when a connection that had joined the room is lost. */
	onDisconnect: (reason: string) => void;
};

/**
 * A user of one room whose client follows the protocol: it reconnects, resumes after the last `seq` it has received,
 * sends again what has no ack, and asks for missing entries. Records everything that it sends and receives.
 */
export class SimulatedUser {
	readonly history: UserHistory;
	/** The time from each disconnect to the next join, ms. */
	readonly reconnectsMs: number[] = [];
	readonly received: ReceivedLog;
	readonly outbox: Outbox;
	readonly #options: UserOptions;
	#socket: ChatClient | undefined;
	#connections = 0;
	#isJoined = false;
	#isStopped = false;
	#failures = 0;
	#disconnectedAt: number | undefined;
	#reconnectWithinMs: number | undefined;
	#reconnect: NodeJS.Timeout | undefined;

	constructor(options: UserOptions) {
		const { session, room, onAck, onRefusal } = options;
		this.#options = options;
		const user = session.user.id;
		this.history = {
			user,
			room,
			sent: [],
			segments: [],
			pages: [],
			view: undefined,
			receivedBeforeAck: 0,
			missedWhileConnected: 0,
		};
		this.received = new ReceivedLog(this.history);
		const current = () =>
			this.#isJoined && this.#socket ? { socket: this.#socket, connection: this.#connections } : undefined;
		this.outbox = new Outbox({ room, sent: this.history.sent, current, onAck, onRefusal });
	}

	get isJoined(): boolean {
		return this.#isJoined;
	}

	/** The current socket, for rows that disturb it. */
	get socket(): ChatClient | undefined {
		return this.#socket;
	}

	/** Connects and joins; reconnects until {@link stop}. */
	start(): void {
		const { url, from, session, reconnection } = this.#options;
		const socket = dial(url, session.token, { transports: reconnection.transports, from });
		const connection = ++this.#connections;
		this.#socket = socket;
		socket.on("connect", () => void this.#join(socket, connection));
		socket.on("connect_error", () => this.#disconnect(socket, "could not connect"));
		socket.on("disconnect", (reason) => this.#disconnect(socket, reason));
		socket.on("server:draining", ({ retryAfterMs }) => {
			this.#reconnectWithinMs = retryAfterMs;
		});
	}

	send(body: string): void {
		this.outbox.add({ kind: "message", body });
	}

	/** Sends a message with this text, an edit to it, a removal, or a reaction to a message of the group, of these users. */
	act(body: string, random: Random, group: ReadonlySet<string>): void {
		const { outbox, received, history } = this;
		const messages = received.view?.messages ?? new Map();
		const { hasReacted } = outbox;
		const situation = { user: history.user, group, messages, unacked: outbox.commands(), hasReacted };
		outbox.add(nextCommand(situation, body, random));
	}

	/** Reads a page of the room's history somewhere, and merges it into what the client shows. */
	read(random: Random): void {
		if (this.#isJoined && this.#socket) readRandomPage(this.#socket, this.history.room, this.received, random);
	}

	/** Reads the newest page, or the whole history. Resolves with whether the server answered all requests. */
	async readHistory(isWhole: boolean): Promise<boolean> {
		if (!this.#isJoined || !this.#socket) return false;
		return await readPages(this.#socket, this.history.room, this.received, isWhole);
	}

	stop(): void {
		this.#isStopped = true;
		this.#isJoined = false;
		clearTimeout(this.#reconnect);
		this.#socket?.disconnect();
	}

	async #join(socket: ChatClient, connection: number): Promise<void> {
		const { room } = this.#options;
		// Entries that arrive before the answer to the join are part of that answer or follow it.
		const early: Entry[] = [];
		socket.on("room:appended", (appended: RoomAppended) => {
			if (this.#socket !== socket || appended.room !== room) return;
			if (this.#isJoined) this.#append(appended.entries, socket, connection);
			else early.push(...appended.entries);
		});
		const cursor = this.received.cursor;
		try {
			const ack = await socket
				.timeout(JOIN_TIMEOUT_MS)
				.emitWithAck("room:join", { room, ...(cursor && { after: cursor }) });
			if (!ack.ok) throw new Error(ack.error.code);
			if (this.#socket !== socket || this.#isStopped) return;
			this.received.join(ack.data, connection);
		} catch (error) {
			this.#disconnect(socket, (error as Error).message);
			return;
		}
		this.#isJoined = true;
		this.#failures = 0;
		if (this.#disconnectedAt !== undefined) this.reconnectsMs.push(performance.now() - this.#disconnectedAt);
		this.#disconnectedAt = undefined;
		this.outbox.resend();
		if (early.length > 0) this.#append(early, socket, connection);
	}

	#append(entries: readonly Entry[], socket: ChatClient, connection: number): void {
		const missed = (entries[0]?.seq ?? 0) - this.received.seq - 1;
		// Rule M5: a new connection resumes after the last seq received, and so asks for the missing entries.
		if (missed > 0) {
			this.history.missedWhileConnected += missed;
			this.#disconnect(socket, "missing entries");
			return;
		}
		for (const entry of entries) {
			if (userOf(entry) === this.history.user && this.outbox.isAwaited(entry, connection))
				this.history.receivedBeforeAck++;
		}
		this.received.append(entries, connection);
	}

	#disconnect(socket: ChatClient, reason: string): void {
		if (this.#socket !== socket || this.#isStopped) return;
		if (this.#isJoined) this.#options.onDisconnect(reason);
		this.#socket = undefined;
		this.#isJoined = false;
		this.#disconnectedAt ??= performance.now();
		socket.disconnect();
		const { random, reconnection } = this.#options;
		const backOffMs = Math.min(reconnection.longestMs, reconnection.firstMs * 2 ** this.#failures++);
		const withinMs = this.#reconnectWithinMs ?? backOffMs;
		this.#reconnectWithinMs = undefined;
		this.#reconnect = setTimeout(() => this.start(), random.next() * withinMs);
	}
}

/** Returns the id of the user who appended an entry. */
function userOf(entry: Entry): string | undefined {
	switch (entry.kind) {
		case "message":
		case "edit":
			return entry.author.id;
		case "reaction":
			return entry.user.id;
		case "removal":
			return entry.by?.id;
		default:
			return undefined;
	}
}
