import { extname } from "node:path";
import { Worker } from "node:worker_threads";
import { StoreDamaged, StoreUnavailable } from "../../room/ports/store.ts";
import type { Failure, ThreadData, ThreadReply, ThreadStart } from "./thread-messages.ts";

/** Maximum calls that wait for one thread. More are refused at once, so that a slow disk does not cost memory. */
const MAX_WAITING = 4_096;
/** A dead thread is started again with exponential backoff between these bounds. */
const MIN_RESTART_MS = 100;
const MAX_RESTART_MS = 10_000;

type Calls = Record<string, (...args: never[]) => unknown>;
type Waiting = { resolve: (result: never) => void; reject: (error: Error) => void };

/** A thread with a database connection. It runs calls in order. */
export class StorageThread<C extends Calls> {
	readonly #data: ThreadData;
	readonly #waiting = new Map<number, Waiting>();
	#worker: Worker | undefined;
	#starting: Promise<void> = Promise.resolve();
	#lastId = 0;
	#restartMs = MIN_RESTART_MS;
	#restart: ReturnType<typeof setTimeout> | undefined;
	/** Whether the first start has succeeded or failed. */
	#isStarted = false;
	#isClosed = false;

	private constructor(data: ThreadData) {
		this.#data = data;
	}

	/** Rejects with a sentence when the database can't be opened. */
	static async start<C extends Calls>(data: ThreadData): Promise<StorageThread<C>> {
		const thread = new StorageThread<C>(data);
		await thread.#begin();
		return thread;
	}

	/** Like {@link start}, without waiting: calls wait for the start, and a failed start is repeated. */
	static begin<C extends Calls>(data: ThreadData): StorageThread<C> {
		const thread = new StorageThread<C>(data);
		thread.#begin().catch(() => thread.#startLater());
		return thread;
	}

	/**
	 * Rejects with {@link StoreUnavailable} when SQLite fails, when too many calls wait, when the thread died (the call may
	 * have been carried out), and when there is no result within `deadlineMs`.
	 */
	call<K extends keyof C & string>(
		name: K,
		args: Parameters<C[K]>,
		deadlineMs?: number,
	): Promise<Awaited<ReturnType<C[K]>>> {
		if (this.#isClosed) return Promise.reject(new StoreUnavailable("The store is closed."));
		if (this.#waiting.size >= MAX_WAITING)
			return Promise.reject(new StoreUnavailable("Too many calls wait for the database."));
		if (!this.#isStarted) return this.#starting.then(() => this.call(name, args, deadlineMs), unavailable);
		const worker = this.#worker;
		if (!worker) return Promise.reject(new StoreUnavailable("The database is being opened again."));
		return this.#post(worker, name, args, deadlineMs);
	}

	/** Resolves when all earlier calls have returned and the connection is closed. */
	async close(): Promise<void> {
		if (this.#isClosed) return;
		this.#isClosed = true;
		clearTimeout(this.#restart);
		await this.#starting.catch(() => undefined);
		const worker = this.#worker;
		if (!worker) return;
		// If the thread dies now, there is nothing left to close.
		await this.#post(worker, "close", []).catch(() => undefined);
		this.#worker = undefined;
		await worker.terminate();
	}

	#post<T>(worker: Worker, name: string, args: unknown[], deadlineMs?: number): Promise<T> {
		return new Promise((resolve, reject) => {
			const id = ++this.#lastId;
			const timer = deadlineMs
				? setTimeout(() => reject(new StoreUnavailable(`The database took longer than ${deadlineMs} ms.`)), deadlineMs)
				: undefined;
			worker.postMessage([id, name, args]);
			// The call counts as waiting until the thread returns it, even past the deadline.
			this.#waiting.set(id, {
				resolve: (result) => {
					clearTimeout(timer);
					resolve(result);
				},
				reject: (error) => {
					clearTimeout(timer);
					reject(error);
				},
			});
		});
	}

	#begin(): Promise<void> {
		this.#starting = this.#startWorker().finally(() => {
			this.#isStarted = true;
		});
		return this.#starting;
	}

	#startWorker(): Promise<void> {
		return new Promise((resolve, reject) => {
			const file = new URL(`./sqlite-worker${extname(import.meta.url)}`, import.meta.url);
			const worker = new Worker(file, { workerData: this.#data });
			const fail = (error: Error) => {
				reject(error);
				void worker.terminate();
				if (this.#worker === worker) this.#lose(error);
			};
			worker.once("message", (start: ThreadStart) => {
				if (start !== "ready") return fail(new Error(start.message));
				this.#worker = worker;
				this.#restartMs = MIN_RESTART_MS;
				worker.on("message", (reply: ThreadReply) => this.#settle(reply));
				resolve();
			});
			worker.on("error", (error) => fail(error instanceof Error ? error : new Error(String(error))));
			worker.on("exit", (code) => fail(new Error(`The database's thread ended with code ${code}.`)));
		});
	}

	#settle([id, result, failure]: ThreadReply): void {
		const waiting = this.#waiting.get(id);
		this.#waiting.delete(id);
		if (failure) waiting?.reject(errorOf(failure));
		else waiting?.resolve(result as never);
	}

	#lose(cause: Error): void {
		this.#worker = undefined;
		for (const { reject } of this.#waiting.values())
			reject(new StoreUnavailable("The database's thread has ended.", { cause }));
		this.#waiting.clear();
		if (!this.#isClosed) this.#startLater();
	}

	#startLater(): void {
		this.#restart = setTimeout(() => {
			this.#begin().catch(() => {
				if (!this.#isClosed) this.#startLater();
			});
		}, this.#restartMs);
		this.#restart.unref();
		this.#restartMs = Math.min(2 * this.#restartMs, MAX_RESTART_MS);
	}
}

function unavailable(cause: unknown): never {
	throw new StoreUnavailable("The database is being opened again.", { cause });
}

function errorOf({ message, stack, isStorage, isDamage }: Failure): Error {
	const error = new Error(message);
	error.stack = stack;
	if (isDamage) return new StoreDamaged(`The database is damaged: ${message}.`, { cause: error });
	return isStorage ? new StoreUnavailable(`The database refused: ${message}.`, { cause: error }) : error;
}
