import type { Clock } from "./ports/clock.ts";

/** A part of this process's state that is compared with the store, to which other processes write as well. */
export interface ReconcilerSource {
	/** For the log of errors. */
	readonly name: string;
	/** Returns the milliseconds from the end of one run to the start of the next: the time to detect a lost message. */
	intervalMs(): number;
	/** Applies what other processes changed. Idempotent. */
	reconcile(): Promise<void>;
}

type ReconcilerDeps = {
	sources: readonly ReconcilerSource[];
	clock: Pick<Clock, "after">;
	/** Called when a source rejected. It runs again after its interval. */
	onError: (error: unknown, during: string) => void;
};

/**
 * Runs every source at its interval, to recover from lost cluster messages. A source never overlaps with itself and
 * does not wait for the others.
 */
export class Reconciler {
	readonly #deps: ReconcilerDeps;
	readonly #timers = new Map<ReconcilerSource, () => void>();
	readonly #running = new Set<ReconcilerSource>();
	/** Sources that {@link runNow} asked for while they were running: what they have read may be too old. */
	readonly #again = new Set<ReconcilerSource>();

	constructor(deps: ReconcilerDeps) {
		this.#deps = deps;
	}

	start(): void {
		for (const source of this.#deps.sources) this.#schedule(source);
	}

	/** Runs sources now, by default all, beside their intervals. A source that is running runs once more afterwards. */
	runNow(sources: readonly ReconcilerSource[] = this.#deps.sources): void {
		for (const source of sources) void this.#run(source);
	}

	/** Stops the timers. A run that has begun ends by itself. */
	stop(): void {
		for (const cancel of this.#timers.values()) cancel();
		this.#timers.clear();
		this.#again.clear();
	}

	#schedule(source: ReconcilerSource): void {
		const run = () => {
			void this.#run(source).finally(() => {
				if (this.#timers.has(source)) this.#schedule(source);
			});
		};
		this.#timers.set(source, this.#deps.clock.after(source.intervalMs(), run));
	}

	async #run(source: ReconcilerSource): Promise<void> {
		if (this.#running.has(source)) {
			this.#again.add(source);
			return;
		}
		this.#running.add(source);
		do {
			this.#again.delete(source);
			try {
				await source.reconcile();
			} catch (error) {
				this.#deps.onError(error, `reconciling ${source.name}`);
			}
		} while (this.#again.has(source));
		this.#running.delete(source);
	}
}
