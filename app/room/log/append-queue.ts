/**
 * The lane: appends that arrive while a commit is under way are the next batch. It clocks itself: alone, a message
 * is committed in the turn in which it arrived; under load batches grow and the cost of each message falls.
 */

import type { Entry } from "../../protocol/log.ts";
import type { Ack } from "../../protocol/refusal.ts";
import type { Clock } from "../ports/clock.ts";
import type { Append, AppendOutcome } from "../ports/log.ts";
import type { Metrics } from "../ports/metrics.ts";
import type { Store } from "../ports/store.ts";
import { accept, refuse, storeUnavailable } from "../refusals.ts";
import { MAX_CHARS_AT_ONCE } from "./text-size.ts";

/** What may wait for a commit; more is refused, so that a slow disk costs patience and not memory. */
const MAX_WAITING = 20_000;
const MAX_BATCH = 2_048;

type Waiting = { append: Append; settle: (outcome: Ack<AppendOutcome>) => void };

type AppendQueueDeps = {
	store: Pick<Store, "append">;
	clock: Pick<Clock, "monotonic">;
	metrics: Pick<Metrics, "committed">;
	/** Called once for each room of a commit, after everybody who waited has been answered (rule M4). */
	announce: (room: string, entries: Entry[]) => void;
	/** Called for an entry that the log had already: it may be one whose commit nobody was told of. */
	repeated: (room: string, seq: number) => void;
	onError: (error: unknown) => void;
};

export class AppendQueue {
	readonly #deps: AppendQueueDeps;
	#waiting: Waiting[] = [];
	#busy = false;
	#idle: (() => void)[] = [];
	#taken = 0;
	#settled = 0;
	#settling: { upTo: number; resolve: () => void }[] = [];

	constructor(deps: AppendQueueDeps) {
		this.#deps = deps;
	}

	/** Appends durably; `settle` is called once, after the commit (rule M1), or with a refusal if there was none. */
	append(append: Append, settle: Waiting["settle"]): void {
		if (this.#waiting.length >= MAX_WAITING) {
			settle(refuse("unavailable", "The chat is very busy; try again in a moment.", { retryAfterMs: 1_000 }));
			return;
		}
		this.#waiting.push({ append, settle });
		this.#taken++;
		if (this.#busy) return;
		this.#busy = true;
		// Whatever else this turn of the event loop still reads from its sockets joins the batch.
		setImmediate(() => void this.#run());
	}

	/** Resolves when everything that was taken in by now is committed or refused. */
	async settled(): Promise<void> {
		if (this.#settled < this.#taken)
			await new Promise<void>((resolve) => this.#settling.push({ upTo: this.#taken, resolve }));
	}

	/** Resolves when nothing waits any more. */
	async idle(): Promise<void> {
		if (this.#busy) await new Promise<void>((resolve) => this.#idle.push(resolve));
	}

	async #run(): Promise<void> {
		while (this.#waiting.length > 0) {
			const batch = this.#nextBatch();
			await this.#commit(batch);
			this.#settled += batch.length;
			while (this.#settling[0] && this.#settling[0].upTo <= this.#settled) this.#settling.shift()!.resolve();
		}
		this.#busy = false;
		for (const resolve of this.#idle.splice(0)) resolve();
	}

	#nextBatch(): Waiting[] {
		let chars = 0;
		let count = 0;
		for (const { append } of this.#waiting) {
			chars += append.kind === "message" ? (append.content.body?.length ?? 0) : 0;
			if (count === MAX_BATCH || (count > 0 && chars > MAX_CHARS_AT_ONCE)) break;
			count++;
		}
		return this.#waiting.splice(0, count);
	}

	async #commit(batch: Waiting[]): Promise<void> {
		const { store, clock, metrics, announce, repeated, onError } = this.#deps;
		const startedAt = clock.monotonic();
		let outcomes: AppendOutcome[];
		try {
			outcomes = await store.append(batch.map(({ append }) => append));
		} catch (error) {
			onError(error);
			for (const { settle } of batch) settle(storeUnavailable());
			return;
		}
		const byRoom = new Map<string, Entry[]>();
		for (const [index, { append, settle }] of batch.entries()) {
			const outcome = outcomes[index]!;
			if (outcome.outcome === "appended") {
				const entries = byRoom.get(append.room);
				if (entries) entries.push(outcome.entry);
				else byRoom.set(append.room, [outcome.entry]);
			}
			settle(accept(outcome));
			if (outcome.outcome === "repeated") repeated(append.room, outcome.seq);
		}
		metrics.committed(
			batch.filter((_, index) => outcomes[index]!.outcome === "appended").length,
			clock.monotonic() - startedAt,
		);
		for (const [room, entries] of byRoom) announce(room, entries);
	}
}
