import type { Clock } from "../ports/clock.ts";
import type { Metrics } from "../ports/metrics.ts";
import type { SearchIndex } from "../ports/search.ts";

/** Time from a commit until its entries are indexed, so that many are indexed at once. */
const DELAY_MS = 1_000;
/** Interval at which entries are looked for that another process has committed, and pause after a failure. */
const IDLE_MS = 10_000;

type IndexerDeps = {
	searchIndex: Pick<SearchIndex, "indexStep">;
	/** Whether other processes write to the store too. */
	isStoreShared: boolean;
	clock: Pick<Clock, "after">;
	metrics: Pick<Metrics, "indexed">;
	onError: (error: unknown, during: string) => void;
};

/** Keeps the search index up to date: some time after a commit, in small steps, and never in its way. */
export class Indexer {
	readonly #deps: IndexerDeps;
	#isBehind = true;
	#hasFailed = false;
	#running: Promise<void> | undefined;
	/** The step in progress. */
	#step: Promise<unknown> | undefined;
	#cancelTimer: (() => void) | undefined;
	#isStopped = false;

	constructor(deps: IndexerDeps) {
		this.#deps = deps;
	}

	/** Looks for entries of other processes from now on. What the last process has left is indexed with the next entries. */
	start(): void {
		if (this.#deps.isStoreShared) this.#schedule(IDLE_MS);
	}

	/** Call this when entries were committed. */
	committed(): void {
		const isScheduled = this.#isBehind && this.#cancelTimer !== undefined;
		this.#isBehind = true;
		if (!this.#running && !isScheduled) this.#schedule(DELAY_MS);
	}

	/** Indexes what was committed before a search, as far as one step reaches. */
	async catchUp(): Promise<void> {
		await this.#step;
		if (this.#isBehind && !this.#running) await this.#run(1);
	}

	async stop(): Promise<void> {
		this.#isStopped = true;
		this.#cancelTimer?.();
		await this.#running;
	}

	#schedule(ms: number): void {
		this.#cancelTimer?.();
		if (this.#isStopped) return;
		this.#cancelTimer = this.#deps.clock.after(ms, () => {
			this.#cancelTimer = undefined;
			void this.#run(Number.POSITIVE_INFINITY);
		});
	}

	#run(steps: number): Promise<void> {
		this.#running ??= this.#index(steps).finally(() => {
			this.#running = undefined;
			if (this.#isBehind) this.#schedule(this.#hasFailed ? IDLE_MS : DELAY_MS);
			else this.start();
		});
		return this.#running;
	}

	async #index(steps: number): Promise<void> {
		try {
			this.#hasFailed = false;
			for (let step = 0; step < steps && !this.#isStopped; step++) {
				// Before the step: what is committed during it may be left.
				this.#isBehind = false;
				const indexing = this.#deps.searchIndex.indexStep();
				this.#step = indexing.catch(() => undefined);
				const { indexed, more } = await indexing;
				this.#deps.metrics.indexed(indexed);
				if (!more) return;
				this.#isBehind = true;
			}
		} catch (error) {
			this.#isBehind = true;
			this.#hasFailed = true;
			this.#deps.onError(error, "indexing messages");
		}
	}
}
