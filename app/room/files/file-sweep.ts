import type { Clock } from "../ports/clock.ts";
import type { FileStorage } from "../ports/file-storage.ts";
import type { Store } from "../ports/store.ts";

const HOUR_MS = 60 * 60 * 1_000;
const DAY_MS = 24 * HOUR_MS;
/** Age at which a file that no message has is removed. */
const UNBOUND_MS = DAY_MS;
/** Age at which an upload can't be in progress any more, on whichever process. */
const UPLOAD_MS = HOUR_MS;
/** Contents that are deleted, or looked up, at a time. */
const STEP_FILES = 100;

type FileSweepDeps = {
	store: Pick<Store, "expireFiles" | "removedFiles" | "forgetFiles" | "knownFiles" | "storedFiles">;
	fileStorage: FileStorage;
	clock: Pick<Clock, "now">;
	onError: (error: unknown, during: string) => void;
};

/**
 * Deletes the contents of removed files. The store names them until their contents are deleted, so that a process that
 * ends in between loses nothing; several processes may delete the same ones.
 */
export class FileSweep {
	readonly #deps: FileSweepDeps;
	#deleting: Promise<void> | undefined;
	#isDeletingAgain = false;
	#comparedAt = Number.NEGATIVE_INFINITY;

	constructor(deps: FileSweepDeps) {
		this.#deps = deps;
	}

	/** Deletes the contents of the files that are removed by now. What fails is tried again by the next call. */
	deleteRemoved(): Promise<void> {
		if (this.#deleting) {
			this.#isDeletingAgain = true;
			return this.#deleting;
		}
		this.#deleting = this.#deleteAll()
			.catch((error) => this.#deps.onError(error, "deleting files"))
			.finally(() => {
				this.#deleting = undefined;
			});
		return this.#deleting;
	}

	/** Removes files that are too old, and those whose message or room is gone. */
	async expire(): Promise<void> {
		const { store, clock } = this.#deps;
		await store.expireFiles(clock.now() - UNBOUND_MS, clock.now() - UPLOAD_MS);
		await this.deleteRemoved();
	}

	/** Removes what is too old or belongs to nothing. Once a day it compares the storage with the store. */
	async sweep(): Promise<void> {
		const { fileStorage, clock } = this.#deps;
		const now = clock.now();
		await this.expire();
		await fileStorage.removePartial(now - UPLOAD_MS);
		if (now - this.#comparedAt < DAY_MS) return;
		await this.#removeUnknown(now - UPLOAD_MS);
		await this.#reportMissing();
		this.#comparedAt = now;
	}

	/** Resolves when no content is being deleted. */
	async idle(): Promise<void> {
		await this.#deleting;
	}

	async #deleteAll(): Promise<void> {
		const { store, fileStorage, clock } = this.#deps;
		for (;;) {
			this.#isDeletingAgain = false;
			const ids = await store.removedFiles(STEP_FILES);
			if (ids.length > 0) {
				await Promise.all(ids.map((id) => fileStorage.remove(id)));
				await store.forgetFiles(ids, clock.now() - DAY_MS);
			} else if (!this.#isDeletingAgain) return;
		}
	}

	/** Deletes contents that the store does not know. */
	async #removeUnknown(before: number): Promise<void> {
		const { store, fileStorage } = this.#deps;
		for await (const ids of fileStorage.list(before)) {
			const known = new Set(await store.knownFiles(ids));
			for (const id of ids) if (!known.has(id)) await fileStorage.remove(id);
		}
	}

	/** Reports files of messages whose contents are missing, such as after an incomplete restore. */
	async #reportMissing(): Promise<void> {
		const { store, fileStorage, onError } = this.#deps;
		let missing = 0;
		for (let after = ""; ; ) {
			const ids = await store.storedFiles(after, STEP_FILES);
			if (ids.length === 0) break;
			const areThere = await Promise.all(ids.map((id) => fileStorage.has(id)));
			missing += areThere.filter((isThere) => !isThere).length;
			after = ids.at(-1)!;
		}
		if (missing > 0) onError(new Error(`the contents of ${missing} files are missing`), "comparing files");
	}
}
