import { extname } from "node:path";
import { Worker } from "node:worker_threads";
import { StoreUnavailable } from "../../room/ports/store.ts";
import type { Failure, ThreadData, ThreadReply, ThreadStart } from "./thread-messages.ts";

/** What may wait for one thread. More is refused at once, so that a slow disk costs patience and not memory. */
const MAX_WAITING = 4_096;
/** After a thread died it is started again, at first soon, then after twice as long each time, up to the longest. */
const SHORTEST_RESTART_MS = 100;
const LONGEST_RESTART_MS = 10_000;

type Calls = Record<string, (...args: never[]) => unknown>;
type Waiting = { resolve: (result: never) => void; reject: (error: Error) => void };

/** A thread that holds a connection and answers calls in the order in which they came. */
export class StorageThread<C extends Calls> {
	readonly #data: ThreadData;
	readonly #waiting = new Map<number, Waiting>();
	#worker: Worker | undefined;
	#starting: Promise<void> = Promise.resolve();
	#lastId = 0;
	#restartMs = SHORTEST_RESTART_MS;
	#restart: ReturnType<typeof setTimeout> | undefined;
	/** Whether the first start is over, one way or the other. */
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

	/** As {@link start}, without waiting: what is asked meanwhile waits, and should it fail it is tried again. */
	static begin<C extends Calls>(data: ThreadData): StorageThread<C> {
		const thread = new StorageThread<C>(data);
		thread.#begin().catch(() => thread.#startLater());
		return thread;
	}

	/**
	 * Rejects with {@link StoreUnavailable} when SQLite fails, when too much waits, when the thread died (whether the
	 * call was carried out is then not known), and when there is no answer within `deadlineMs`.
	 */
	call<K extends keyof C & string>(
		name: K,
		args: Parameters<C[K]>,
		deadlineMs?: number,
	): Promise<Awaited<ReturnType<C[K]>>> {
		if (this.#isClosed) return Promise.reject(new StoreUnavailable("The store is closed."));
		if (this.#waiting.size >= MAX_WAITING)
			return Promise.reject(new StoreUnavailable("Too much waits for the database."));
		if (!this.#isStarted) return this.#starting.then(() => this.call(name, args, deadlineMs), unavailable);
		const worker = this.#worker;
		if (!worker) return Promise.reject(new StoreUnavailable("The database is being opened again."));
		return this.#post(worker, name, args, deadlineMs);
	}

	/** Resolves when everything that was asked before is answered and the connection is closed. */
	async close(): Promise<void> {
		if (this.#isClosed) return;
		this.#isClosed = true;
		clearTimeout(this.#restart);
		await this.#starting.catch(() => undefined);
		const worker = this.#worker;
		if (!worker) return;
		// Should the thread die now, there is nothing left to be closed.
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
			// It is kept until the thread has answered, even past the deadline: it still counts as waiting.
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
				this.#restartMs = SHORTEST_RESTART_MS;
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
		this.#restartMs = Math.min(2 * this.#restartMs, LONGEST_RESTART_MS);
	}
}

function unavailable(cause: unknown): never {
	throw new StoreUnavailable("The database is being opened again.", { cause });
}

function errorOf({ message, stack, isStorage }: Failure): Error {
	const error = new Error(message);
	error.stack = stack;
	return isStorage ? new StoreUnavailable(`The database refused: ${message}.`, { cause: error }) : error;
}
