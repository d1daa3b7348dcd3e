/**
 * What has to be undone, the newest first: processes, mounts, namespaces, folders. All of it is synchronous, so that
 * it is also done at the process's exit, whatever the reason.
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
				console.error(`Not everything could be cleaned up: ${(error as Error).message}`);
			}
		}
	}
}
