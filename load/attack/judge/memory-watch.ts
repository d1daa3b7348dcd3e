import { readFileSync } from "node:fs";

const LOOK_EVERY_MS = 50;
const BYTES_PER_KB = 1_024;

/** Looks at a process's memory again and again, from outside: a server that is busy could not tell. Linux has it in /proc. */
export class MemoryWatch implements Disposable {
	readonly #pid: number;
	readonly #timer: NodeJS.Timeout;
	#peakBytes = 0;

	constructor(pid: number) {
		this.#pid = pid;
		this.now();
		this.#timer = setInterval(() => this.now(), LOOK_EVERY_MS).unref();
	}

	/** Resident, in bytes; 0 where the process is gone. */
	now(): number {
		const bytes = residentBytes(this.#pid);
		this.#peakBytes = Math.max(this.#peakBytes, bytes);
		return bytes;
	}

	/** The most since it began to watch. */
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
