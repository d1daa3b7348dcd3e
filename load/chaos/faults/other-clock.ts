import { globSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Where Debian and its kin put faketime's library. */
const LIBRARY = "/usr/lib/*/faketime/libfaketimeMT.so.1";

/** Why a process can't be given a clock of its own here, if it can't. */
export function noOtherClock(): string | undefined {
	if (process.platform !== "linux") return "needs Linux, for faketime";
	return globSync(LIBRARY).length === 0 ? "needs faketime" : undefined;
}

/** A wall clock for one process, which can be set while it runs. The monotonic one goes on as it is. */
export class OtherClock {
	/** What the process has to have in its environment. */
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

	/** To so many seconds before or after the true time: `+3600`, `-60`. */
	set(offset: string): void {
		// By renaming, since a file that is half written would be another time.
		writeFileSync(`${this.#file}.new`, `${offset}\n`);
		renameSync(`${this.#file}.new`, this.#file);
	}
}
