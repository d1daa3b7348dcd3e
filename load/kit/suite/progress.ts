import type { RowResult } from "./suite.ts";

const UPDATE_INTERVAL_MS = 5_000;

/** Reports progress on standard error: one changing line on a terminal, a line every few seconds elsewhere. */
export class RowProgress {
	readonly #isTerminal = process.stderr.isTTY;
	#updatedAt = 0;

	begin(title: string): void {
		this.#updatedAt = performance.now();
		process.stderr.write(this.#isTerminal ? `… ${title}` : `… ${title}\n`);
	}

	update(text: string): void {
		if (this.#isTerminal) process.stderr.write(`\r\x1b[K… ${text}`);
		else if (performance.now() - this.#updatedAt >= UPDATE_INTERVAL_MS) {
			this.#updatedAt = performance.now();
			process.stderr.write(`    ${text}\n`);
		}
	}

	end(result: RowResult<unknown>): void {
		if (this.#isTerminal) process.stderr.write("\r\x1b[K");
		if (result.state === "skipped") {
			process.stderr.write(`- ${result.title}: skipped, ${result.reason}\n`);
			return;
		}
		const figures = Object.entries(result.figures).map(([name, value]) => `${name} ${value}`);
		const mark = result.state === "held" ? "✓" : "✗";
		process.stderr.write(`${mark} ${result.title} (${result.seconds.toFixed(0)} s) ${figures.join("; ")}\n`);
		for (const problem of result.findings.problems) process.stderr.write(`    ${problem}\n`);
	}
}
