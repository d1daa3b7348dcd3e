/** Limits the programs that run side by side to the cores of the machine. */
export class CoreSlots {
	readonly #total: number;
	#free: number;
	#queue: { order: number; share: number; start(): void }[] = [];

	constructor(cores: number) {
		this.#total = cores;
		this.#free = cores;
	}

	/**
	 * Runs when enough of the cores are free.
	 * @param share the cores that it keeps busy: less than 1 if it mostly waits
	 * @param order of two that wait and fit, the lower one runs first
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
		this.#queue = this.#queue.filter(({ share, start }) => {
			if (share > this.#free) return true;
			this.#free -= share;
			start();
			return false;
		});
	}
}
