import type { FileInfo } from "../../protocol/file.ts";
import type { Access } from "../../protocol/people.ts";
import type { User } from "../../protocol/session.ts";
import type { NewAuditEntry } from "../../room/ports/audit.ts";
import type { FileBounds, NewFile } from "../../room/ports/files.ts";
import type { Append, AppendOutcome, MessagePage, MessagesAround } from "../../room/ports/log.ts";
import type { ModerationCommand } from "../../room/ports/moderation.ts";
import type { RoleChange } from "../../room/ports/people.ts";
import type { NewPrivateRoom } from "../../room/ports/private-rooms.ts";
import type { ReactionKind } from "../../room/ports/reactions.ts";
import type { ReadMove, ReadPlace } from "../../room/ports/read-marks.ts";
import { type Store, StoreUnavailable } from "../../room/ports/store.ts";
import { outcomeOf } from "../append-result.ts";
import { accountStore } from "./accounts.ts";
import { backUp } from "./backup.ts";
import { capacityStore } from "./capacity.ts";
import type { ReaderCalls } from "./reader.ts";
import { reportStore } from "./reports.ts";
import { type PruneStep, STEP_ENTRIES } from "./retention.ts";
import { SqliteSearchIndex } from "./search-index.ts";
import { StorageThread } from "./storage-thread.ts";
import { userStore } from "./users.ts";
import type { WriterCalls } from "./writer.ts";

/** Time after which a read or a ping is refused as unavailable. */
const DEADLINE_MS = 10_000;

/**
 * One SQLite file, with one writer thread and one reader thread. Other programs may open the file too: `seq` is assigned in the
 * transaction that stores the entry, so their commits are sequential and keep one order.
 */
export class SqliteStore implements Store {
	readonly accounts: Store["accounts"];
	readonly users: Store["users"];
	readonly reports: Store["reports"];
	readonly capacity: Store["capacity"];
	readonly searchIndex: SqliteSearchIndex;
	readonly #path: string;
	readonly #writer: StorageThread<WriterCalls>;
	#readerThread: StorageThread<ReaderCalls> | undefined;
	/** Operations that have several steps, or that run on a thread of their own. */
	readonly #pending = new Set<Promise<unknown>>();
	#closing: Promise<void> | undefined;

	private constructor(path: string, writer: StorageThread<WriterCalls>) {
		this.searchIndex = new SqliteSearchIndex(path);
		this.#path = path;
		this.#writer = writer;
		this.accounts = accountStore(writer);
		this.users = userStore(writer, () => this.#reader);
		this.reports = reportStore(writer);
		this.capacity = capacityStore(writer);
	}

	/** Started by the first read, so that a process is ready sooner after its start. */
	get #reader(): StorageThread<ReaderCalls> {
		if (this.#closing && !this.#readerThread) throw new StoreUnavailable("The store is closed.");
		this.#readerThread ??= StorageThread.begin({ role: "reader", path: this.#path });
		return this.#readerThread;
	}

	/**
	 * Opens the file at the absolute `path`, or creates it. With `isOnly`, no other server may run on it. Rejects with a
	 * sentence for the operator.
	 */
	static async open(path: string, isOnly = false): Promise<SqliteStore> {
		const writer = await StorageThread.start<WriterCalls>({ role: "writer", path, isOnly });
		const store = new SqliteStore(path, writer);
		store.#clearHidden();
		return store;
	}

	async open(room: string, tail: number, messages = 0) {
		const found = await this.#reader.call("open", [room, tail, messages], DEADLINE_MS);
		if (found) return found;
		await this.#writer.call("createRoom", [room]);
		const created = await this.#reader.call("open", [room, tail, messages], DEADLINE_MS);
		if (!created) throw new Error(`the room ${JSON.stringify(room)} was removed while it was opened`);
		return created;
	}

	async append(batch: Append[]): Promise<AppendOutcome[]> {
		if (batch.length === 0) return [];
		const results = await this.#writer.call("append", [batch]);
		return results.map((result, index) => outcomeOf(batch[index]!, result));
	}

	async history(room: string, page: MessagePage) {
		return this.#reader.call("history", [room, page], DEADLINE_MS);
	}

	async around(room: string, around: MessagesAround) {
		return this.#reader.call("around", [room, around], DEADLINE_MS);
	}

	async since(room: string, after: number, limit: number) {
		return this.#reader.call("since", [room, after, limit], DEADLINE_MS);
	}

	renewEpoch(room: string, epoch: string): Promise<void> {
		return this.#writer.call("renewEpoch", [room, epoch]);
	}

	async heads(rooms: readonly string[]) {
		return this.#reader.call("heads", [rooms], DEADLINE_MS);
	}

	async reactionsOf(user: string, room: string, kinds: readonly ReactionKind[]) {
		return this.#reader.call("reactionsOf", [user, room, kinds], DEADLINE_MS);
	}

	async readMarks(places: readonly ReadPlace[]) {
		return this.#reader.call("readMarks", [places], DEADLINE_MS);
	}

	moveReadMarks(moves: readonly ReadMove[]): Promise<void> {
		return this.#writer.call("moveReadMarks", [moves]);
	}

	pruneReadMarks(before: number): Promise<number> {
		return this.#track(async () => {
			let total = 0;
			for (let pruned = STEP_ENTRIES; pruned === STEP_ENTRIES && !this.#closing; total += pruned)
				pruned = await this.#writer.call("pruneReadMarksStep", [before, STEP_ENTRIES]);
			return total;
		});
	}

	async rooms(limit: number) {
		return this.#reader.call("rooms", [limit], DEADLINE_MS);
	}

	async removeRoom(room: string, audit?: NewAuditEntry): Promise<boolean> {
		const existed = await this.#writer.call("hideRoom", [room, audit]);
		if (existed) this.#clearHidden();
		return existed;
	}

	createPrivateRoom(room: NewPrivateRoom) {
		return this.#writer.call("createPrivateRoom", [room]);
	}

	async openPrivate(room: string, tail: number, messages: number) {
		return this.#reader.call("openPrivate", [room, tail, messages], DEADLINE_MS);
	}

	async roleIn(room: string, userId: string) {
		return this.#reader.call("roleIn", [room, userId], DEADLINE_MS);
	}

	async membersOf(room: string) {
		return this.#reader.call("membersOf", [room], DEADLINE_MS);
	}

	async privateRoomsOf(userId: string) {
		return this.#reader.call("privateRoomsOf", [userId], DEADLINE_MS);
	}

	async nameOf(userId: string) {
		return this.#reader.call("nameOf", [userId], DEADLINE_MS);
	}

	prune(before: number): Promise<number> {
		return this.#track(async () => {
			const oldest = await this.#inSteps((from) => this.#writer.call("pruneOldestStep", [before, from]));
			const total = oldest + (await this.#inSteps((from) => this.#writer.call("pruneStep", [before, from])));
			if (total > 0) await this.#shrink();
			return total;
		});
	}

	pruneEmptyRooms(before: number, kept: readonly string[]): Promise<number> {
		const [names, now] = [JSON.stringify(kept), Date.now()];
		return this.#track(() => this.#inSteps((from) => this.#writer.call("pruneEmptyStep", [before, names, now, from])));
	}

	dropEnded(before: number): Promise<void> {
		return this.#writer.call("dropEnded", [before]);
	}

	revokeSession(sessionId: string, expiresAt: number): Promise<void> {
		return this.#writer.call("revokeSession", [sessionId, expiresAt]);
	}

	revokedSessions(): Promise<string[]> {
		return this.#writer.call("revokedSessions", [], DEADLINE_MS);
	}

	enact(commands: readonly ModerationCommand[], audit: readonly NewAuditEntry[]): Promise<void> {
		return this.#writer.call("enact", [commands, audit]);
	}

	activeModeration() {
		return this.#writer.call("activeModeration", [], DEADLINE_MS);
	}

	people(after: number) {
		return this.#writer.call("people", [after], DEADLINE_MS);
	}

	setRole(change: RoleChange, audit: NewAuditEntry) {
		return this.#writer.call("setRole", [change, audit]);
	}

	claim(user: User, at: number, audit: NewAuditEntry): Promise<boolean> {
		return this.#writer.call("claim", [user, at, audit]);
	}

	setAccess(access: Access, audit: NewAuditEntry): Promise<void> {
		return this.#writer.call("setAccess", [access, audit]);
	}

	createInvitation: Store["createInvitation"] = (...args) => this.#writer.call("createInvitation", args);

	invitations(now: number) {
		return this.#writer.call("invitations", [now], DEADLINE_MS);
	}

	revokeInvitation: Store["revokeInvitation"] = (...args) => this.#writer.call("revokeInvitation", args);

	redeemInvitation: Store["redeemInvitation"] = (...args) => this.#writer.call("redeemInvitation", args);

	async audit(page: { before?: number; limit: number }) {
		return this.#reader.call("audit", [page], DEADLINE_MS);
	}

	reserveFile(file: NewFile, bounds: FileBounds) {
		return this.#writer.call("reserveFile", [file, bounds], DEADLINE_MS);
	}

	storeFile(info: FileInfo) {
		return this.#writer.call("storeFile", [info]);
	}

	releaseFile(id: string, bytes: number) {
		return this.#writer.call("releaseFile", [id, bytes]);
	}

	async file(id: string) {
		return this.#reader.call("file", [id], DEADLINE_MS);
	}

	expireFiles(storedBefore: number, uploadedBefore: number) {
		return this.#writer.call("expireFiles", [storedBefore, uploadedBefore]);
	}

	async removedFiles(limit: number) {
		return this.#reader.call("removedFiles", [limit], DEADLINE_MS);
	}

	forgetFiles(ids: readonly string[], before: number) {
		return this.#writer.call("forgetFiles", [ids, before]);
	}

	async knownFiles(ids: readonly string[]) {
		return this.#reader.call("knownFiles", [ids], DEADLINE_MS);
	}

	async storedFiles(after: string, limit: number) {
		return this.#reader.call("storedFiles", [after, limit], DEADLINE_MS);
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
		await Promise.allSettled(this.#pending);
		// The writer last: the last connection removes the write-ahead log, and a reader can't.
		await this.searchIndex.close();
		await this.#readerThread?.close();
		await this.#writer.close();
	}

	/** Deletes the content of removed rooms in the background. What an end or a failure leaves is deleted after the next start. */
	#clearHidden(): void {
		const clearing = this.#track(async () => {
			let isAny = false;
			while (!this.#closing && (await this.#writer.call("clearStep", []))) isAny = true;
			if (isAny) await this.#shrink();
		});
		clearing.catch(() => undefined);
	}

	/** After a deletion: makes the file smaller, and leaves no text in the write-ahead log and the index. */
	async #shrink(): Promise<void> {
		while (!this.#closing && (await this.#writer.call("shrinkStep", [])));
		if (!this.#closing) await this.#writer.call("emptyLog", []);
		await this.searchIndex.sweep(() => this.#closing !== undefined);
	}

	/** Runs steps until one was the last. Returns the total that was pruned. */
	async #inSteps(step: (from: number) => Promise<PruneStep>): Promise<number> {
		let total = 0;
		for (let from: number | undefined = 0; from !== undefined && !this.#closing; ) {
			const { pruned, next } = await step(from);
			total += pruned;
			from = next;
		}
		return total;
	}

	async #track<T>(work: () => Promise<T>): Promise<T> {
		const running = work();
		this.#pending.add(running);
		try {
			return await running;
		} finally {
			this.#pending.delete(running);
		}
	}
}
