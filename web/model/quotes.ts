import { applyEntry, changedBy } from "../../app/protocol/apply-entry.ts";
import type { Entry } from "../../app/protocol/log.ts";
import type { AroundData, Message } from "../../app/protocol/message.ts";
import type { Ack } from "../../app/protocol/refusal.ts";
import { backoffMs } from "../connection/backoff.ts";
import type { ServerConnection } from "../connection/server-connection.ts";
import type { RecentEntries } from "./recent-entries.ts";

/** Messages outside the window that are kept. */
export const MAX_QUOTED = 200;
/** Requests at the same time. */
const MAX_REQUESTS = 2;

/** `unavailable`: the server does not give it, and is not asked again. */
type Quoted = Message | "removed" | "unavailable";

type QuotesOptions = {
	room: string;
	/** The id of the signed-in user. */
	viewer: string;
	connection: Pick<ServerConnection, "request">;
	recent: RecentEntries;
	isLive(): boolean;
	/** Called when a message has been loaded. */
	onChange(): void;
};

/** The messages outside the window that its replies refer to. Each is requested once and then kept current by entries. */
export class Quotes {
	readonly #options: QuotesOptions;
	/** The least recently needed first. */
	readonly #messages = new Map<number, Quoted>();
	/** The next one to request last. */
	#wanted: number[] = [];
	readonly #requested = new Set<number>();
	#generation = 0;
	#refusals = 0;
	#retry: ReturnType<typeof setTimeout> | undefined;

	constructor(options: QuotesOptions) {
		this.#options = options;
	}

	/** Returns the message if its state is known. */
	find(seq: number): Message | "removed" | undefined {
		const found = this.#messages.get(seq);
		return found === "unavailable" ? undefined : found;
	}

	/** Requests the messages that are missing. `seqs`: the most important last; more than {@link MAX_QUOTED} are not kept. */
	need(seqs: readonly number[]): void {
		const needed = [...new Set(seqs.toReversed())].slice(0, MAX_QUOTED).reverse();
		for (const seq of needed) {
			const known = this.#messages.get(seq);
			if (known === undefined) continue;
			this.#messages.delete(seq);
			this.#messages.set(seq, known);
		}
		this.#wanted = needed.filter((seq) => !this.#messages.has(seq));
		this.#request();
	}

	receive(entries: readonly Entry[]): void {
		for (const entry of entries) for (const seq of changedBy(entry)) this.#apply(entry, seq);
	}

	drop(seq: number): void {
		if (this.#messages.has(seq)) this.#messages.set(seq, "removed");
	}

	/** Continues after a reconnect. */
	resume(): void {
		clearTimeout(this.#retry);
		this.#retry = undefined;
		this.#request();
	}

	/** Drops everything: the client's copy of the log has been replaced. */
	reset(): void {
		this.#generation++;
		this.#messages.clear();
		this.#requested.clear();
		this.#wanted = [];
	}

	#apply(entry: Entry, seq: number): void {
		const message = this.#messages.get(seq);
		if (typeof message === "object")
			this.#messages.set(seq, applyEntry(message, entry, this.#options.viewer) ?? "removed");
	}

	#request(): void {
		const { room, connection, isLive } = this.#options;
		if (!isLive() || this.#retry) return;
		for (const seq of this.#wanted.toReversed()) {
			if (this.#requested.size >= MAX_REQUESTS) return;
			if (this.#requested.has(seq) || this.#messages.has(seq)) continue;
			this.#requested.add(seq);
			const generation = this.#generation;
			connection.request("message:around", { room, seq, limit: 1 }).then((ack) => {
				if (generation === this.#generation) this.#loaded(seq, ack);
			});
		}
	}

	#loaded(seq: number, ack: Ack<AroundData>): void {
		this.#requested.delete(seq);
		const { recent, onChange, isLive } = this.#options;
		const found = ack.ok ? ack.data.messages.filter((message) => message.seq === seq) : [];
		const current = ack.ok ? recent.update(found, ack.data.seq) : undefined;
		if (current) {
			this.#refusals = 0;
			this.#keep(seq, current[0] ?? "removed");
		} else if (!ack.ok && !ack.error.retryable) {
			this.#keep(seq, ack.error.code === "not_found" && ack.error.field !== "room" ? "removed" : "unavailable");
		} else if (isLive()) {
			const waitMs = (ack.ok ? 0 : (ack.error.retryAfterMs ?? 0)) + backoffMs(this.#refusals++, Math.random);
			this.#retry ??= setTimeout(() => this.resume(), waitMs);
		}
		this.#request();
		onChange();
	}

	#keep(seq: number, quoted: Quoted): void {
		this.#messages.set(seq, quoted);
		const [oldest] = this.#messages.keys();
		if (this.#messages.size > MAX_QUOTED) this.#messages.delete(oldest!);
	}
}
