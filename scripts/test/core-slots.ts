/** Limits the programs that run side by side to the cores of the machine. */
export class CoreSlots {
	readonly #total: number;
	#free: number;
	readonly #queue: { order: number; share: number; start(): void }[] = [];

	constructor(cores: number) {
		this.#total = cores;
		this.#free = cores;
	}

	/**
	 * Runs `work` when enough cores are free. A waiting program is never overtaken, so that one that needs many cores gets them.
	 * @param share the cores that it keeps busy: less than 1 if it mostly waits
	 * @param order the waiting program with the lowest order runs first
	 */
	async use<T>(share: number, order: number, run: () => Promise<T>): Promise<T> {
		const taken = Math.min(share, this.#total);
		await new Promise<void>((resolve) => {
			this.#queue.push({ order, share: taken, start: resolve });
			this.#queue.sort((a, b) => a.order - b.order);
			this.#startWhatFits();
		});
		try {
			return await run();
		} finally {
			this.#free += taken;
			this.#startWhatFits();
		}
	}

	#startWhatFits(): void {
		for (let next = this.#queue[0]; next !== undefined && next.share <= this.#free; next = this.#queue[0]) {
			this.#queue.shift();
			this.#free -= next.share;
			next.start();
		}
	}
}
