import { readFileSync } from "node:fs";

const INTERVAL_MS = 50;
const BYTES_PER_KB = 1_024;

/** Watches a process's memory through /proc on Linux: a busy server could not report it itself. */
export class MemoryWatch implements Disposable {
	readonly #pid: number;
	readonly #timer: NodeJS.Timeout;
	#peakBytes = 0;

	constructor(pid: number) {
		this.#pid = pid;
		this.now();
		this.#timer = setInterval(() => this.now(), INTERVAL_MS).unref();
	}

	/** Returns the resident bytes; 0 where the process is gone. */
	now(): number {
		const bytes = residentBytes(this.#pid);
		this.#peakBytes = Math.max(this.#peakBytes, bytes);
		return bytes;
	}

	get peakBytes(): number {
		return this.#peakBytes;
	}

	[Symbol.dispose](): void {
		clearInterval(this.#timer);
	}
}

function residentBytes(pid: number): number {
	try {
		const [, kilobytes] = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8")) ?? [];
		return Number(kilobytes ?? 0) * BYTES_PER_KB;
	} catch {
		return 0;
	}
}
