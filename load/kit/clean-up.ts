/**
 * Undoes what a program set up (processes, mounts, namespaces, folders), newest first, on dispose and at the latest when
 * this process exits. Every step is synchronous, because an exit handler cannot wait.
 */
export class CleanUp implements Disposable {
	readonly #undo: (() => void)[] = [];
	readonly #atExit = () => this[Symbol.dispose]();

	constructor() {
		process.once("exit", this.#atExit);
	}

	add(undo: () => void): void {
		this.#undo.push(undo);
	}

	[Symbol.dispose](): void {
		process.off("exit", this.#atExit);
		for (const undo of this.#undo.splice(0).reverse()) {
			try {
				undo();
			} catch (error) {
				console.error(`Clean-up failed: ${(error as Error).message}`);
			}
		}
	}
}
