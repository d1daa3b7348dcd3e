/** Prints one line per step: its number, what it does, and its result. */
export class DeployProgress {
	readonly #total: number;
	#step = 0;

	constructor(total: number) {
		this.#total = total;
	}

	begin(what: string): void {
		this.#step += 1;
		process.stdout.write(`[${this.#step}/${this.#total}] ${what} … `);
	}

	/** Ends the line of the step with its result, or with a note before other output. */
	done(text: string): void {
		process.stdout.write(`${text}\n`);
	}
}
