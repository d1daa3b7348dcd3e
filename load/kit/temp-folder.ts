import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A folder that is removed on dispose, and at the latest when this process exits. */
export class TempFolder implements Disposable {
	readonly path: string;
	readonly #remove = () => rmSync(this.path, { recursive: true, force: true });

	/** @param parent the folder in which it is made; by default the folder for temporary files */
	constructor(prefix: string, parent: string = tmpdir()) {
		this.path = mkdtempSync(join(parent, prefix));
		process.once("exit", this.#remove);
	}

	/** Returns the path of a file in it. */
	file(name: string): string {
		return join(this.path, name);
	}

	[Symbol.dispose](): void {
		process.off("exit", this.#remove);
		this.#remove();
	}
}
