/** Says which step of how many is under way, and how it went, on one line each. */
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

	/** Ends the line, because others write next. */
	handOver(note: string): void {
		process.stdout.write(`${note}\n`);
	}
}
