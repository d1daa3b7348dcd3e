import { once } from "node:events";
import { Worker } from "node:worker_threads";

/** The name that `connectMembers` gives to its first room. */
export const UPLOADS_ROOM = "bench-0";

/** Uploads that begin at once: `perToken` files of each session, each of `bytes`. */
export type UploadBatch = { tokens: readonly string[]; perToken: number; bytes: number };

/** Uploads files to a server, on a thread of its own. */
export class Uploader implements AsyncDisposable {
	readonly #thread: Worker;

	constructor(port: number, path = "/api/files") {
		this.#thread = new Worker(new URL("upload-thread.ts", import.meta.url), { workerData: { port, path } });
	}

	/** Resolves when all files are stored. Rejects if one is refused. */
	async upload(batch: UploadBatch): Promise<void> {
		this.#thread.postMessage(batch);
		const [refusal] = await once(this.#thread, "message");
		if (refusal !== undefined) throw new Error(refusal);
	}

	async [Symbol.asyncDispose](): Promise<void> {
		await this.#thread.terminate();
	}
}
