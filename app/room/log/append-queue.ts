import type { Entry } from "../../protocol/log.ts";
import type { Ack } from "../../protocol/refusal.ts";
import type { OpenRooms } from "../open-rooms.ts";
import type { Clock } from "../ports/clock.ts";
import type { Cluster } from "../ports/cluster.ts";
import type { Append, AppendOutcome } from "../ports/log.ts";
import type { Metrics } from "../ports/metrics.ts";
import type { Store } from "../ports/store.ts";
import { accept, refuse, storeUnavailable } from "../refusals.ts";
import { MAX_PACKET_CHARS } from "./broadcaster.ts";
import { charsOfAppend } from "./entry-size.ts";

/** Maximum appends that wait for a commit. More are refused, so that a slow disk does not fill the memory. */
const MAX_WAITING = 20_000;
const MAX_BATCH = 2_048;

type Waiting = { append: Append; settle: (outcome: Ack<AppendOutcome>) => void };

type AppendQueueDeps = {
	store: Pick<Store, "append">;
	rooms: Pick<OpenRooms, "receive" | "recover">;
	cluster: Pick<Cluster, "publishToRoom">;
	clock: Pick<Clock, "monotonic">;
	metrics: Pick<Metrics, "committed">;
	/** Called after each commit: whether it succeeded. */
	onCommit: (isStored: boolean) => void;
	/** Called after a commit that removed messages. */
	onRemoval: () => void;
	onError: (error: unknown, during: string) => void;
};

/**
 * Makes appends durable by group commit: those that arrive during a commit form the next batch. A single message is
 * committed in the turn of the event loop in which it arrives; under load batches grow and the cost of each message falls.
 *
 * After a commit, in this order: every append is acknowledged (rule M4), the room's log of this process receives the new
 * entries, and they are published to the other processes.
 */
export class AppendQueue {
	readonly #deps: AppendQueueDeps;
	#waiting: Waiting[] = [];
	#busy = false;
	#idle: (() => void)[] = [];
	#accepted = 0;
	#settled = 0;
	#settling: { upTo: number; resolve: () => void }[] = [];

	constructor(deps: AppendQueueDeps) {
		this.#deps = deps;
	}

	/** Appends durably. `settle` is called once: after the commit (rule M1), or with a refusal. */
	append(append: Append, settle: Waiting["settle"]): void {
		if (this.#waiting.length >= MAX_WAITING) {
			settle(refuse("unavailable", "The chat is very busy. Try again in a moment.", { retryAfterMs: 1_000 }));
			return;
		}
		this.#waiting.push({ append, settle });
		this.#accepted++;
		if (this.#busy) return;
		this.#busy = true;
		// Appends that arrive later in this turn of the event loop join the batch.
		setImmediate(() => void this.#run());
	}

	/** Resolves when every append accepted so far is committed or refused. */
	async settled(): Promise<void> {
		if (this.#settled < this.#accepted)
			await new Promise<void>((resolve) => this.#settling.push({ upTo: this.#accepted, resolve }));
	}

	/** Resolves when the queue is empty. */
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
			chars += charsOfAppend(append);
			if (count === MAX_BATCH || (count > 0 && chars > MAX_PACKET_CHARS)) break;
			count++;
		}
		return this.#waiting.splice(0, count);
	}

	async #commit(batch: Waiting[]): Promise<void> {
		const { store, rooms, cluster, clock, metrics, onCommit, onError } = this.#deps;
		const startedAt = clock.monotonic();
		let outcomes: AppendOutcome[];
		try {
			outcomes = await store.append(batch.map(({ append }) => append));
		} catch (error) {
			onError(error, "commit");
			onCommit(false);
			for (const { settle } of batch) settle(storeUnavailable(error));
			return;
		}
		onCommit(true);
		const byRoom = new Map<string, Entry[]>();
		for (const [index, { append, settle }] of batch.entries()) {
			const outcome = outcomes[index]!;
			if (outcome.outcome === "appended") {
				const entries = byRoom.get(append.room);
				if (entries) entries.push(outcome.entry);
				else byRoom.set(append.room, [outcome.entry]);
			}
			settle(accept(outcome));
			if (outcome.outcome === "repeated") this.#recover(append.room, outcome.seq);
		}
		metrics.committed(
			batch.filter((_, index) => outcomes[index]!.outcome === "appended").length,
			clock.monotonic() - startedAt,
		);
		if (batch.some(({ append }) => append.kind === "removal")) this.#deps.onRemoval();
		for (const [room, entries] of byRoom) {
			rooms.receive(room, entries);
			cluster.publishToRoom(room, { kind: "appended", entries });
		}
	}

	/** The result of the first commit of a repeated append may have been lost before it was broadcast. */
	#recover(room: string, seq: number): void {
		const { rooms, onError } = this.#deps;
		rooms.recover(room, seq).catch((error) => onError(error, "filling a gap"));
	}
}
