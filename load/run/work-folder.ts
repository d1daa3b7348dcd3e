import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A folder of one run's own, gone when the run is. */
export class WorkFolder implements Disposable {
	readonly path = mkdtempSync(join(tmpdir(), "hubbub-load-"));
	readonly #remove = () => rmSync(this.path, { recursive: true, force: true });

	constructor() {
		process.once("exit", this.#remove);
	}

	/** Where the generator's threads report to: a local socket in the folder, which nobody else may enter. */
	get link(): string {
		return process.platform === "win32"
			? `\\\\.\\pipe\\${this.path.replaceAll(/[\\:]/g, "-")}`
			: join(this.path, "link");
	}

	file(name: string): string {
		return join(this.path, name);
	}

	[Symbol.dispose](): void {
		process.off("exit", this.#remove);
		this.#remove();
	}
}
