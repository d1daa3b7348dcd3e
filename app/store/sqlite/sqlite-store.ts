import type { NewAuditEntry } from "../../room/ports/audit.ts";
import type { Append, AppendOutcome } from "../../room/ports/log.ts";
import type { ModerationCommand } from "../../room/ports/moderation.ts";
import { type Store, StoreUnavailable } from "../../room/ports/store.ts";
import { outcomeOf } from "../append-answer.ts";
import { backUp } from "./back-up.ts";
import type { ReaderCalls } from "./read.ts";
import type { PruneStep } from "./retention.ts";
import { StorageThread } from "./storage-thread.ts";
import type { WriterCalls } from "./write.ts";

/** How long a read or a ping may take before whoever asked is told to try again. */
const DEADLINE_MS = 10_000;

/**
 * One SQLite file, one thread that writes and one that reads beside it. Several processes may share the file: every
 * `seq` is given within the transaction that stores it, so they take turns and keep one order.
 */
export class SqliteStore implements Store {
	readonly #path: string;
	readonly #writer: StorageThread<WriterCalls>;
	#readerThread: StorageThread<ReaderCalls> | undefined;
	/** What takes several steps, or a thread of its own. */
	readonly #underWay = new Set<Promise<unknown>>();
	#closing: Promise<void> | undefined;

	private constructor(path: string, writer: StorageThread<WriterCalls>) {
		this.#path = path;
		this.#writer = writer;
	}

	/** Started when somebody reads for the first time: a process that has just been woken up is ready the sooner. */
	get #reader(): StorageThread<ReaderCalls> {
		if (this.#closing && !this.#readerThread) throw new StoreUnavailable("The store is closed.");
		this.#readerThread ??= StorageThread.begin({ role: "reader", path: this.#path });
		return this.#readerThread;
	}

	/** Opens the file at the absolute `path`, or creates it. Rejects with a sentence when it can't. */
	static async open(path: string): Promise<SqliteStore> {
		const writer = await StorageThread.start<WriterCalls>({ role: "writer", path });
		return new SqliteStore(path, writer);
	}

	async open(room: string, tail: number) {
		const found = await this.#reader.call("open", [room, tail], DEADLINE_MS);
		if (found) return found;
		await this.#writer.call("createRoom", [room]);
		const created = await this.#reader.call("open", [room, tail], DEADLINE_MS);
		if (!created) throw new Error(`the room ${JSON.stringify(room)} was removed while it was opened`);
		return created;
	}

	async append(batch: Append[]): Promise<AppendOutcome[]> {
		if (batch.length === 0) return [];
		const answers = await this.#writer.call("append", [batch]);
		return answers.map((answer, index) => outcomeOf(batch[index]!, answer));
	}

	async history(room: string, page: { before?: number; after?: number; limit: number }) {
		return this.#reader.call("history", [room, page], DEADLINE_MS);
	}

	async since(room: string, after: number, limit: number) {
		return this.#reader.call("since", [room, after, limit], DEADLINE_MS);
	}

	async heads(rooms: readonly string[]) {
		return this.#reader.call("heads", [rooms], DEADLINE_MS);
	}

	async rooms(limit: number) {
		return this.#reader.call("rooms", [limit], DEADLINE_MS);
	}

	removeRoom(room: string, audit?: NewAuditEntry): Promise<boolean> {
		return this.#track(async () => {
			const wasThere = await this.#writer.call("hideRoom", [room, audit]);
			while (!this.#closing && (await this.#writer.call("clearStep", [])));
			if (!this.#closing) await this.#writer.call("emptyLog", []);
			return wasThere;
		});
	}

	prune(before: number): Promise<number> {
		return this.#track(async () => {
			const total = await this.#inSteps((from) => this.#writer.call("pruneStep", [before, from]));
			if (total > 0 && !this.#closing) await this.#writer.call("emptyLog", []);
			return total;
		});
	}

	pruneEmptyRooms(before: number, kept: readonly string[]): Promise<number> {
		const [names, now] = [JSON.stringify(kept), Date.now()];
		return this.#track(() => this.#inSteps((from) => this.#writer.call("pruneEmptyStep", [before, names, now, from])));
	}

	revokeSession(sessionId: string, expiresAt: number): Promise<void> {
		return this.#writer.call("revokeSession", [sessionId, expiresAt]);
	}

	revokedSessions(now: number): Promise<string[]> {
		return this.#writer.call("revokedSessions", [now], DEADLINE_MS);
	}

	enact(orders: readonly ModerationCommand[], audit: readonly NewAuditEntry[]): Promise<void> {
		return this.#writer.call("enact", [orders, audit]);
	}

	activeModeration(now: number) {
		return this.#writer.call("activeModeration", [now], DEADLINE_MS);
	}

	async audit(page: { before?: number; limit: number }) {
		return this.#reader.call("audit", [page], DEADLINE_MS);
	}

	ping(): Promise<void> {
		return this.#writer.call("ping", [], DEADLINE_MS);
	}

	backup(path: string): Promise<void> {
		return this.#track(() => backUp(this.#path, path));
	}

	close(): Promise<void> {
		this.#closing ??= this.#close();
		return this.#closing;
	}

	async #close(): Promise<void> {
		await Promise.allSettled(this.#underWay);
		// The writer last: whoever closes the file last tidies up its write-ahead log, and a reader can't.
		await this.#readerThread?.close();
		await this.#writer.close();
	}

	/** Goes through the rooms; how much was pruned. */
	async #inSteps(step: (from: number) => Promise<PruneStep>): Promise<number> {
		let total = 0;
		for (let from: number | undefined = 0; from !== undefined && !this.#closing; ) {
			const { pruned, room } = await step(from);
			total += pruned;
			from = room;
		}
		return total;
	}

	async #track<T>(work: () => Promise<T>): Promise<T> {
		const running = work();
		this.#underWay.add(running);
		try {
			return await running;
		} finally {
			this.#underWay.delete(running);
		}
	}
}
