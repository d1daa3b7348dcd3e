import { signal } from "@preact/signals";
import type { Entry, RoomAppended } from "../../../app/protocol/log.ts";
import type { HistoryPayload, SendPayload } from "../../../app/protocol/message.ts";
import type { Ack, Refusal } from "../../../app/protocol/refusal.ts";
import type { User } from "../../../app/protocol/session.ts";
import type { Status } from "../../connection/comeback.ts";
import type { Connection } from "../../connection/connection.ts";
import type { SimulatedLog } from "./simulated-log.ts";

type Answer = (ack: Ack<unknown>) => void;
type Request = { event: string; payload: unknown; answer: Answer };
type Packet = { kind: "ack"; ack: Ack<unknown>; answer: Answer } | { kind: "appended"; payload: RoomAppended };

/** What the server says of a message instead of storing it, if anything. */
export type Refuse = (payload: SendPayload) => Refusal | undefined;

/** A line to a {@link SimulatedLog} that does nothing by itself: the test says what arrives, when, and what never does. */
export class SimulatedLine {
	readonly #log: SimulatedLog;
	readonly #user: User;
	readonly #refuse: Refuse;
	readonly #status = signal<Status>("lost");
	readonly #refusal = signal<Refusal | undefined>();
	readonly #reconnecting = signal(false);
	readonly #events = new Map<string, Set<(payload: never) => void>>();
	readonly #ups = new Set<() => void>();
	readonly #downs = new Set<() => void>();
	/** Not yet seen by the server, and not yet by the client. */
	requests: Request[] = [];
	packets: Packet[] = [];
	/** Asked, and not answered. */
	#open = new Set<Answer>();
	#isMember = false;

	constructor(log: SimulatedLog, user: User, refuse: Refuse = () => undefined) {
		this.#log = log;
		this.#user = user;
		this.#refuse = refuse;
	}

	get isUp(): boolean {
		return this.#status.peek() === "online";
	}

	/** What the model gets to see. */
	readonly connection: Connection = {
		status: this.#status,
		refusal: this.#refusal,
		reconnecting: this.#reconnecting,
		open: () => {},
		close: () => {},
		retry: () => {},
		tell: () => {},
		request: (event, payload, { answered } = {}) =>
			new Promise((resolve) => {
				const answer: Answer = (ack) => {
					if (!this.#open.delete(answer)) return;
					answered?.(ack as never);
					resolve(ack as never);
				};
				this.#open.add(answer);
				if (this.isUp) this.requests.push({ event, payload, answer });
				else answer(NO_LINE);
			}),
		on: (event, listener) => {
			const listeners = this.#events.get(event) ?? new Set();
			this.#events.set(event, listeners.add(listener as never));
			return () => listeners.delete(listener as never);
		},
		onUp: (listener) => {
			this.#ups.add(listener);
			return () => this.#ups.delete(listener);
		},
		onDown: (listener) => {
			this.#downs.add(listener);
			return () => this.#downs.delete(listener);
		},
		onWake: () => () => {},
	};

	up(): void {
		if (this.isUp) return;
		this.#status.value = "online";
		for (const listener of this.#ups) listener();
	}

	/** What is under way in either direction is lost. */
	cut(): void {
		if (!this.isUp) return;
		this.#status.value = "lost";
		this.#isMember = false;
		this.requests = [];
		this.packets = [];
		for (const listener of this.#downs) listener();
		for (const answer of this.#open) answer(NO_LINE);
	}

	/** The server sees the next request; answers what it appended to the log. */
	serve(): Entry | undefined {
		const request = this.requests.shift();
		if (!request) return undefined;
		const { event, payload, answer } = request;
		const reply = (ack: Ack<unknown>) => this.packets.push({ kind: "ack", ack, answer });
		const accept = (data: unknown) => reply({ ok: true, data });
		if (event === "room:join") {
			this.#isMember = true;
			accept(structuredClone(this.#log.join(payload as never)));
		} else if (event === "log:since") accept(this.#log.since((payload as { after: number }).after));
		else if (event === "message:history") accept(this.#log.history(payload as HistoryPayload));
		else if (event === "message:send") {
			const refusal = this.#refuse(payload as SendPayload);
			if (refusal) reply({ ok: false, error: refusal });
			else {
				const [ack, entry] = this.#log.send(this.#user, payload as SendPayload);
				reply(ack);
				return entry;
			}
		} else accept({});
		return undefined;
	}

	/** The server tells this line's client, if it is a member by now. */
	tell(entries: Entry[]): void {
		if (this.#isMember) this.packets.push({ kind: "appended", payload: { room: this.#log.room, entries } });
	}

	/** The client sees the next packet, or the one at `index`. */
	deliver(index = 0): void {
		const [packet] = this.packets.splice(index, 1);
		if (packet?.kind === "ack") packet.answer(packet.ack);
		else if (packet) {
			for (const listener of this.#events.get("room:appended") ?? []) listener(packet.payload as never);
		}
	}

	/** The oldest request that is open gets no answer in time; whether the server saw it is another matter. */
	timeOut(): void {
		const [answer] = this.#open;
		answer?.(NO_LINE);
	}
}

const NO_LINE: Ack<never> = {
	ok: false,
	error: { code: "unavailable", message: "There is no line.", retryable: true },
};
