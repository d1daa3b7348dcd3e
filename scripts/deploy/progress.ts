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

	done(how: string): void {
		process.stdout.write(`${how}\n`);
	}

	/** Ends the line before other output. */
	handOver(note: string): void {
		process.stdout.write(`${note}\n`);
	}
}
