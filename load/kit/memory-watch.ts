import { residentBytes } from "./process-usage.ts";

const INTERVAL_MS = 50;

/** Watches a process's memory through /proc on Linux: a busy server could not report it itself. */
export class MemoryWatch implements Disposable {
	peakBytes = 0;
	readonly #pid: number;
	readonly #timer: NodeJS.Timeout;

	constructor(pid: number, intervalMs = INTERVAL_MS) {
		this.#pid = pid;
		this.now();
		this.#timer = setInterval(() => this.now(), intervalMs).unref();
	}

	/** Returns the resident bytes; 0 if the process has ended. */
	now(): number {
		try {
			const bytes = residentBytes(this.#pid);
			this.peakBytes = Math.max(this.peakBytes, bytes);
			return bytes;
		} catch {
			return 0;
		}
	}

	[Symbol.dispose](): void {
		clearInterval(this.#timer);
	}
}
