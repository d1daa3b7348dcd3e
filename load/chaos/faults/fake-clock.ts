import { globSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** The path of faketime's library on Debian. */
const LIBRARY = "/usr/lib/*/faketime/libfaketimeMT.so.1";

/** Returns why a process cannot have its own clock on this machine; undefined if it can. */
export function noFakeClock(): string | undefined {
	if (process.platform !== "linux") return "needs Linux, for faketime";
	return globSync(LIBRARY).length === 0 ? "needs faketime" : undefined;
}

/** A wall clock for one process that can be set while it runs. Its monotonic clock stays as it is. */
export class FakeClock {
	/** The environment for the process. */
	readonly env: Record<string, string>;
	readonly #file: string;

	constructor(folder: string) {
		this.#file = join(folder, "clock");
		this.env = {
			LD_PRELOAD: globSync(LIBRARY)[0]!,
			FAKETIME_TIMESTAMP_FILE: this.#file,
			FAKETIME_NO_CACHE: "1",
			FAKETIME_DONT_FAKE_MONOTONIC: "1",
		};
		this.set("+0");
	}

	/** Sets the clock to an offset from the true time in seconds, such as `+3600` or `-60`. */
	set(offset: string): void {
		// A rename is atomic: a half-written file would be another time.
		writeFileSync(`${this.#file}.new`, `${offset}\n`);
		renameSync(`${this.#file}.new`, this.#file);
	}
}
