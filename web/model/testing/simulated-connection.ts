import { signal } from "@preact/signals";
import type { Entry, RoomAppended } from "../../../app/protocol/log.ts";
import type { AroundPayload, HistoryPayload } from "../../../app/protocol/message.ts";
import type { ReadMoved, ReadPayload } from "../../../app/protocol/read.ts";
import type { Ack, Refusal } from "../../../app/protocol/refusal.ts";
import type { JoinsPayload } from "../../../app/protocol/room.ts";
import type { User } from "../../../app/protocol/session.ts";
import type { ConnectionStatus } from "../../connection/reconnector.ts";
import type { ServerConnection } from "../../connection/server-connection.ts";
import type { OutboxRequest } from "../outbox-request.ts";
import type { SimulatedLog } from "./simulated-log.ts";

type OnAck = (ack: Ack<unknown>) => void;
type Request = { event: string; payload: unknown; onAck: OnAck };
type Packet =
	| { kind: "ack"; ack: Ack<unknown>; onAck: OnAck }
	| { kind: "appended"; payload: RoomAppended }
	| { kind: "moved"; payload: ReadMoved };

/** Returns the refusal of a message or a change; undefined to handle it. */
export type Refuse = (request: OutboxRequest) => Refusal | undefined;

const OUTBOX_EVENTS = ["message:send", "message:edit", "message:remove", "reaction:set", "pin:set"];

/** A connection to a {@link SimulatedLog}. The test decides which packets arrive, when, and in which order. */
export class SimulatedConnection {
	readonly #log: SimulatedLog;
	readonly #user: User;
	readonly #refuse: Refuse;
	readonly #status = signal<ConnectionStatus>("lost");
	readonly #refusal = signal<Refusal | undefined>();
	readonly #reconnecting = signal(false);
	readonly #events = new Map<string, Set<(payload: never) => void>>();
	readonly #connects = new Set<() => void>();
	readonly #disconnects = new Set<() => void>();
	/** Not yet received by the server. */
	requests: Request[] = [];
	/** Not yet received by the client. */
	packets: Packet[] = [];
	/** Requests without an ack. */
	#open = new Set<OnAck>();
	#isMember = false;

	constructor(log: SimulatedLog, user: User, refuse: Refuse = () => undefined) {
		this.#log = log;
		this.#user = user;
		this.#refuse = refuse;
	}

	get isConnected(): boolean {
		return this.#status.peek() === "online";
	}

	/** The connection as the model uses it. */
	readonly connection: ServerConnection = {
		status: this.#status,
		refusal: this.#refusal,
		reconnecting: this.#reconnecting,
		open: () => {},
		close: () => {},
		retry: () => {},
		emit: () => {},
		request: (event, payload, { onAck: callback } = {}) =>
			new Promise((resolve) => {
				const onAck: OnAck = (ack) => {
					if (!this.#open.delete(onAck)) return;
					callback?.(ack as never);
					resolve(ack as never);
				};
				this.#open.add(onAck);
				if (this.isConnected) this.requests.push({ event, payload, onAck });
				else onAck(NOT_CONNECTED);
			}),
		on: (event, listener) => {
			const listeners = this.#events.get(event) ?? new Set();
			this.#events.set(event, listeners.add(listener as never));
			return () => listeners.delete(listener as never);
		},
		onConnect: (listener) => {
			this.#connects.add(listener);
			return () => this.#connects.delete(listener);
		},
		onDisconnect: (listener) => {
			this.#disconnects.add(listener);
			return () => this.#disconnects.delete(listener);
		},
		onWake: () => () => {},
	};

	connect(): void {
		if (this.isConnected) return;
		this.#status.value = "online";
		for (const listener of this.#connects) listener();
	}

	/** Loses all packets under way, in both directions. */
	terminate(): void {
		if (!this.isConnected) return;
		this.#status.value = "lost";
		this.#isMember = false;
		this.requests = [];
		this.packets = [];
		for (const listener of this.#disconnects) listener();
		for (const onAck of this.#open) onAck(NOT_CONNECTED);
	}

	/** The server handles the next request. Returns the entry that it appended. */
	serve(): Entry | undefined {
		const request = this.requests.shift();
		if (!request) return undefined;
		const { event, payload, onAck } = request;
		const reply = (ack: Ack<unknown>) => this.packets.push({ kind: "ack", ack, onAck });
		const accept = (data: unknown) => reply({ ok: true, data });
		const viewer = this.#user.id;
		if (event === "room:join") {
			this.#isMember = true;
			accept(structuredClone(this.#log.join(payload as never, viewer)));
		} else if (event === "rooms:join") {
			this.#isMember = true;
			const { rooms } = payload as JoinsPayload;
			accept(rooms.map((join) => ({ ok: true, data: structuredClone(this.#log.join(join, viewer)) })));
		} else if (event === "log:since") accept(this.#log.since((payload as { after: number }).after));
		else if (event === "message:history") accept(this.#log.history(payload as HistoryPayload, viewer));
		else if (event === "message:around") reply(this.#log.around(payload as AroundPayload, viewer));
		else if (OUTBOX_EVENTS.includes(event)) {
			const refusal = this.#refuse({ event, payload } as OutboxRequest);
			if (refusal) reply({ ok: false, error: refusal });
			else {
				const [ack, entry] = this.#log.handle(this.#user, { event, payload } as OutboxRequest);
				reply(ack);
				return entry;
			}
		} else {
			if (event === "room:read") {
				const { seq, back } = payload as ReadPayload;
				this.#log.moveMark(viewer, seq, back);
			}
			accept({});
		}
		return undefined;
	}

	/** The server sends entries to the client, if it is a member. */
	broadcast(entries: Entry[]): void {
		if (this.#isMember) this.packets.push({ kind: "appended", payload: { room: this.#log.room, entries } });
	}

	/** The user moves the mark on another device. */
	moveElsewhere(seq: number, back?: true): void {
		const { room, epoch } = this.#log;
		if (!this.#log.moveMark(this.#user.id, seq, back) || !this.#isMember) return;
		this.packets.push({ kind: "moved", payload: { room, epoch, seq, back } });
	}

	/** The client receives the next packet, or the one at `index`. Nothing overtakes a moved mark. */
	deliver(index = 0): void {
		if (this.packets.slice(0, index).some(({ kind }) => kind === "moved")) index = 0;
		const [packet] = this.packets.splice(index, 1);
		if (packet?.kind === "ack") packet.onAck(packet.ack);
		else if (packet) {
			const event = packet.kind === "moved" ? "read:moved" : "room:appended";
			for (const listener of this.#events.get(event) ?? []) listener(packet.payload as never);
		}
	}

	/** The oldest open request times out, whether the server has received it or not. */
	timeOut(): void {
		const [onAck] = this.#open;
		onAck?.(NOT_CONNECTED);
	}
}

const NOT_CONNECTED: Ack<never> = {
	ok: false,
	error: { code: "unavailable", message: "Not connected.", retryable: true },
};
