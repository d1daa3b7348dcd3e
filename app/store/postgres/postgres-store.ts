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
import { appendBatch } from "./append.ts";
import { readAudit } from "./audit.ts";
import { capacityStore } from "./capacity.ts";
import { Connections } from "./connections.ts";
import * as files from "./files.ts";
import { readAround, readHistory } from "./history.ts";
import { createInvitation, readInvitations, redeemInvitation, revokeInvitation } from "./invitations.ts";
import { readHeads, readLog, readSince } from "./log.ts";
import { enact, readActiveModeration } from "./moderation.ts";
import { openDatabase } from "./open-database.ts";
import { claim, readPeople, setAccess, setRole } from "./people.ts";
import { ping } from "./ping.ts";
import { createPrivateRoom, openPrivateRoom, readMembers, readName, readOwnRooms, readRole } from "./private-rooms.ts";
import { readReactionsOf } from "./reactions.ts";
import { moveReadMarks, pruneReadMarks, readReadMarks } from "./read-marks.ts";
import { reportStore } from "./reports.ts";
import { dropEnded, prune, pruneEmptyRooms } from "./retention.ts";
import { clearHidden, createRoom, hideRoom, readRooms, renewEpoch } from "./rooms.ts";
import { PostgresSearchIndex } from "./search-index.ts";
import { getOrCreateSecret, readRevokedSessions, revokeSession } from "./sessions.ts";
import { userStore } from "./users.ts";

/** Maximum pending calls. More are refused at once, so that a slow database does not cost memory. */
const MAX_PENDING = 4_096;
const MAX_CONNECTIONS = 6;
/** Connections for what people wait for most, however many reads wait for the others: commits, and whether they are possible. */
const MAX_COMMIT_CONNECTIONS = 2;
/** Connections for searches and their index, so that no other call waits for them. */
const MAX_SEARCH_CONNECTIONS = 2;

/**
 * A PostgreSQL database, which any number of processes and machines may share. While it is unreachable, calls are refused.
 *
 * A removed text is deleted from every table at once. The server's files lose it with the next (auto)vacuum.
 */
export class PostgresStore implements Store {
	readonly accounts = accountStore((work) => this.#run(work));
	readonly users = userStore((work) => this.#run(work));
	readonly reports = reportStore((work) => this.#run(work));
	readonly capacity = capacityStore((work) => this.#run(work));
	readonly searchIndex = new PostgresSearchIndex((work) => this.#run(work, this.#searches));
	readonly #connections: Connections;
	readonly #commits: Connections;
	readonly #searches: Connections;
	readonly #pending = new Set<Promise<unknown>>();
	#lastAppend: Promise<unknown> = Promise.resolve();
	#closing: Promise<void> | undefined;

	private constructor(connections: Connections, commits: Connections, searches: Connections) {
		this.#connections = connections;
		this.#commits = commits;
		this.#searches = searches;
		connections.shareTrustWith(commits, searches);
	}

	/** Connects and migrates the schema. Rejects with a sentence for the operator. */
	static async open(url: string): Promise<PostgresStore> {
		const store = new PostgresStore(
			await openDatabase(url, MAX_CONNECTIONS),
			new Connections(url, MAX_COMMIT_CONNECTIONS),
			new Connections(url, MAX_SEARCH_CONNECTIONS),
		);
		store.#clearHidden();
		return store;
	}

	open(room: string, tail: number, messages = 0) {
		return this.#run(async (connections) => {
			const found = await readLog(connections, room, tail, messages);
			if (found) return found;
			await createRoom(connections, room);
			const created = await readLog(connections, room, tail, messages);
			if (!created) throw new StoreUnavailable("The room was removed while it was opened.");
			return created;
		});
	}

	append(batch: Append[]): Promise<AppendOutcome[]> {
		return this.#run(async (connections) => {
			// Sequential, so that batches are stored in the order of the calls.
			const appending = this.#lastAppend.then(() => appendBatch(connections, batch));
			this.#lastAppend = appending.catch(() => undefined);
			const results = await appending;
			return results.map((result, index) => outcomeOf(batch[index]!, result));
		}, this.#commits);
	}

	history(room: string, page: MessagePage) {
		return this.#run((connections) => readHistory(connections, room, page));
	}

	around(room: string, around: MessagesAround) {
		return this.#run((connections) => readAround(connections, room, around));
	}

	since(room: string, after: number, limit: number) {
		return this.#run((connections) => readSince(connections, room, after, limit));
	}

	renewEpoch(room: string, epoch: string): Promise<void> {
		return this.#run((connections) => renewEpoch(connections, room, epoch));
	}

	heads(rooms: readonly string[]) {
		return this.#run((connections) => readHeads(connections, rooms));
	}

	reactionsOf(user: string, room: string, kinds: readonly ReactionKind[]) {
		return this.#run((connections) => readReactionsOf(connections, user, room, kinds));
	}

	readMarks(places: readonly ReadPlace[]) {
		return this.#run((connections) => readReadMarks(connections, places));
	}

	moveReadMarks(moves: readonly ReadMove[]): Promise<void> {
		return this.#run((connections) => moveReadMarks(connections, moves));
	}

	pruneReadMarks(before: number): Promise<number> {
		return this.#run((connections) => pruneReadMarks(connections, before, this.#isClosing));
	}

	rooms(limit: number) {
		return this.#run((connections) => readRooms(connections, limit));
	}

	createPrivateRoom(room: NewPrivateRoom) {
		return this.#run((connections) => createPrivateRoom(connections, room));
	}

	openPrivate(room: string, tail: number, messages: number) {
		return this.#run((connections) => openPrivateRoom(connections, room, tail, messages));
	}

	roleIn(room: string, userId: string) {
		return this.#run((connections) => readRole(connections, room, userId));
	}

	membersOf(room: string) {
		return this.#run((connections) => readMembers(connections, room));
	}

	privateRoomsOf(userId: string) {
		return this.#run((connections) => readOwnRooms(connections, userId));
	}

	nameOf(userId: string) {
		return this.#run((connections) => readName(connections, userId));
	}

	removeRoom(room: string, audit?: NewAuditEntry): Promise<boolean> {
		return this.#run(async (connections) => {
			const existed = await hideRoom(connections, room, audit);
			if (existed) this.#clearHidden();
			return existed;
		});
	}

	prune(before: number): Promise<number> {
		return this.#run((connections) => prune(connections, before, this.#isClosing));
	}

	pruneEmptyRooms(before: number, kept: readonly string[]): Promise<number> {
		return this.#run((connections) => pruneEmptyRooms(connections, before, kept));
	}

	dropEnded(before: number): Promise<void> {
		return this.#run((connections) => dropEnded(connections, before));
	}

	revokeSession(sessionId: string, expiresAt: number): Promise<void> {
		return this.#run((connections) => revokeSession(connections, sessionId, expiresAt));
	}

	revokedSessions(): Promise<string[]> {
		return this.#run((connections) => readRevokedSessions(connections));
	}

	getOrCreateSecret(fresh: string): Promise<string> {
		return this.#run((connections) => getOrCreateSecret(connections, fresh));
	}

	enact(commands: readonly ModerationCommand[], audit: readonly NewAuditEntry[]): Promise<void> {
		return this.#run((connections) => enact(connections, commands, audit));
	}

	activeModeration() {
		return this.#run((connections) => readActiveModeration(connections));
	}

	people(after: number) {
		return this.#run((connections) => readPeople(connections, after));
	}

	setRole(change: RoleChange, audit: NewAuditEntry) {
		return this.#run((connections) => setRole(connections, change, audit));
	}

	claim(user: User, at: number, audit: NewAuditEntry): Promise<boolean> {
		return this.#run((connections) => claim(connections, user, at, audit));
	}

	setAccess(access: Access, audit: NewAuditEntry): Promise<void> {
		return this.#run((connections) => setAccess(connections, access, audit));
	}

	createInvitation: Store["createInvitation"] = (...args) =>
		this.#run((connections) => createInvitation(connections, ...args));

	invitations(now: number) {
		return this.#run((connections) => readInvitations(connections, now));
	}

	revokeInvitation: Store["revokeInvitation"] = (...args) =>
		this.#run((connections) => revokeInvitation(connections, ...args));

	redeemInvitation: Store["redeemInvitation"] = (...args) =>
		this.#run((connections) => redeemInvitation(connections, ...args));

	audit(page: { before?: number; limit: number }) {
		return this.#run((connections) => readAudit(connections, page));
	}

	reserveFile(file: NewFile, bounds: FileBounds) {
		return this.#run((connections) => files.reserveFile(connections, file, bounds));
	}

	storeFile(info: FileInfo) {
		return this.#run((connections) => files.storeFile(connections, info));
	}

	releaseFile(id: string, bytes: number) {
		return this.#run((connections) => files.releaseFile(connections, id, bytes));
	}

	file(id: string) {
		return this.#run((connections) => files.readFile(connections, id));
	}

	expireFiles(storedBefore: number, uploadedBefore: number) {
		return this.#run((connections) => files.expireFiles(connections, storedBefore, uploadedBefore));
	}

	removedFiles(limit: number) {
		return this.#run((connections) => files.readRemovedFiles(connections, limit));
	}

	forgetFiles(ids: readonly string[], before: number) {
		return this.#run((connections) => files.forgetFiles(connections, ids, before));
	}

	knownFiles(ids: readonly string[]) {
		return this.#run((connections) => files.readKnownFiles(connections, ids));
	}

	storedFiles(after: string, limit: number) {
		return this.#run((connections) => files.readStoredFiles(connections, after, limit));
	}

	ping(): Promise<void> {
		return this.#run(ping, this.#commits);
	}

	/** Always rejects with a sentence: PostgreSQL has its own tools for this. */
	async backup(_path: string): Promise<void> {
		throw new Error("A PostgreSQL database is backed up with its own tools: pg_dump --schema=hubbub DATABASE_URL.");
	}

	close(): Promise<void> {
		this.#closing ??= Promise.allSettled(this.#pending).then(async () => {
			await Promise.all([this.#connections, this.#commits, this.#searches].map((pool) => pool.close()));
		});
		return this.#closing;
	}

	/** Deletes the content of removed rooms in the background. What an end or a failure leaves is deleted after the next start. */
	#clearHidden(): void {
		this.#run((connections) => clearHidden(connections, this.#isClosing)).catch(() => undefined);
	}

	readonly #isClosing = () => this.#closing !== undefined;

	async #run<T>(work: (connections: Connections) => Promise<T>, connections = this.#connections): Promise<T> {
		if (this.#closing) throw new StoreUnavailable("The store is closed.");
		if (this.#pending.size >= MAX_PENDING) throw new StoreUnavailable("Too many calls wait for the database.");
		const running = work(connections);
		this.#pending.add(running);
		try {
			return await running;
		} finally {
			this.#pending.delete(running);
		}
	}
}
