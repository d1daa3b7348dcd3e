import type { NewAuditEntry } from "../../room/ports/audit.ts";
import type { Append, AppendOutcome } from "../../room/ports/log.ts";
import type { ModerationCommand } from "../../room/ports/moderation.ts";
import { type Store, StoreUnavailable } from "../../room/ports/store.ts";
import { outcomeOf } from "../append-answer.ts";
import { newEpoch } from "../new-epoch.ts";
import { appendBatch } from "./append.ts";
import type { Connections } from "./connections.ts";
import { enact, readAudit, readInForce } from "./moderation.ts";
import { openConnections } from "./open-connections.ts";
import { readHeads, readHistory, readRooms, readSince, readTail } from "./read.ts";
import { clearHidden, hide, prune, pruneEmpty } from "./retention.ts";

/** What may be under way. More is refused at once, so that a slow database costs patience and not memory. */
const MAX_UNDER_WAY = 4_096;

const CREATE_ROOM = `
	INSERT INTO hubbub.rooms (name, epoch, created_at, active_at) VALUES ($1, $2, $3, $3) ON CONFLICT (name) DO NOTHING`;
const REVOKE = "INSERT INTO hubbub.revoked_sessions (id, expires_at) VALUES ($1, $2) ON CONFLICT (id) DO NOTHING";
const KEEP_SECRET = "INSERT INTO hubbub.meta (key, value) VALUES ('session_secret', $1) ON CONFLICT (key) DO NOTHING";
const MARK = `
	INSERT INTO hubbub.meta (key, value) VALUES ('pinged_at', $1) ON CONFLICT (key) DO UPDATE SET value = excluded.value`;

/**
 * A PostgreSQL database, which any number of processes and machines may share. When it is away, calls are refused; when
 * it is back, they succeed again.
 *
 * A removed text is gone from every table at once; the server's files lose it when (auto)vacuum has passed.
 */
export class PostgresStore implements Store {
	readonly #connections: Connections;
	readonly #underWay = new Set<Promise<unknown>>();
	#lastAppend: Promise<unknown> = Promise.resolve();
	#closing: Promise<void> | undefined;

	private constructor(connections: Connections) {
		this.#connections = connections;
	}

	/** Connects, and brings the schema up to date. Rejects with a sentence when it can't. */
	static async open(url: string): Promise<PostgresStore> {
		const store = new PostgresStore(await openConnections(url));
		// What a removal that was cut short has left; if it can't be done now, the next one does it.
		store.#run((connections) => clearHidden(connections, store.#isClosing)).catch(() => undefined);
		return store;
	}

	open(room: string, tail: number) {
		return this.#run(async (connections) => {
			const found = await readTail(connections, room, tail);
			if (found) return found;
			await connections.query(CREATE_ROOM, [room, newEpoch(), Date.now()]);
			const created = await readTail(connections, room, tail);
			if (!created) throw new StoreUnavailable("The room was removed while it was opened.");
			return created;
		});
	}

	append(batch: Append[]): Promise<AppendOutcome[]> {
		return this.#run(async (connections) => {
			// One after the other, so that they are stored in the order in which they were asked for.
			const answering = this.#lastAppend.then(() => appendBatch(connections, batch));
			this.#lastAppend = answering.catch(() => undefined);
			const answers = await answering;
			return answers.map((answer, index) => outcomeOf(batch[index]!, answer));
		});
	}

	history(room: string, page: { before?: number; after?: number; limit: number }) {
		return this.#run((connections) => readHistory(connections, room, page));
	}

	since(room: string, after: number, limit: number) {
		return this.#run((connections) => readSince(connections, room, after, limit));
	}

	heads(rooms: readonly string[]) {
		return this.#run((connections) => readHeads(connections, rooms));
	}

	rooms(limit: number) {
		return this.#run((connections) => readRooms(connections, limit));
	}

	removeRoom(room: string, audit?: NewAuditEntry): Promise<boolean> {
		return this.#run(async (connections) => {
			const wasThere = await hide(connections, room, audit);
			await clearHidden(connections, this.#isClosing);
			return wasThere;
		});
	}

	prune(before: number): Promise<number> {
		return this.#run((connections) => prune(connections, before, this.#isClosing));
	}

	pruneEmptyRooms(before: number, kept: readonly string[]): Promise<number> {
		return this.#run((connections) => pruneEmpty(connections, before, kept));
	}

	async revokeSession(sessionId: string, expiresAt: number): Promise<void> {
		await this.#run((connections) => connections.query(REVOKE, [sessionId, expiresAt]));
	}

	revokedSessions(now: number): Promise<string[]> {
		return this.#run(async (connections) => {
			const rows = await connections.query<[id: string]>(
				"SELECT id FROM hubbub.revoked_sessions WHERE expires_at > $1",
				[now],
			);
			// Tidying up: the answer is the same whether it succeeds or not.
			await connections
				.query("DELETE FROM hubbub.revoked_sessions WHERE expires_at <= $1", [now])
				.catch(() => undefined);
			return rows.map(([id]) => id);
		});
	}

	enact(orders: readonly ModerationCommand[], audit: readonly NewAuditEntry[]): Promise<void> {
		return this.#run((connections) => enact(connections, orders, audit));
	}

	activeModeration(now: number) {
		return this.#run((connections) => readInForce(connections, now));
	}

	audit(page: { before?: number; limit: number }) {
		return this.#run((connections) => readAudit(connections, page));
	}

	getOrCreateSecret(fresh: string): Promise<string> {
		return this.#run(async (connections) => {
			await connections.query(KEEP_SECRET, [fresh]);
			const [row] = await connections.query<[secret: string]>(
				"SELECT value FROM hubbub.meta WHERE key = 'session_secret'",
				[],
			);
			return row![0];
		});
	}

	async ping(): Promise<void> {
		await this.#run((connections) => connections.query(MARK, [String(Date.now())]));
	}

	/** Always rejects with an Error that is a sentence: PostgreSQL has its own tools for this. */
	async backup(_path: string): Promise<void> {
		throw new Error("A PostgreSQL database is backed up with its own tools: pg_dump --schema=hubbub DATABASE_URL.");
	}

	close(): Promise<void> {
		this.#closing ??= Promise.allSettled(this.#underWay).then(() => this.#connections.close());
		return this.#closing;
	}

	readonly #isClosing = () => this.#closing !== undefined;

	async #run<T>(work: (connections: Connections) => Promise<T>): Promise<T> {
		if (this.#closing) throw new StoreUnavailable("The store is closed.");
		if (this.#underWay.size >= MAX_UNDER_WAY) throw new StoreUnavailable("Too much waits for the database.");
		const running = work(this.#connections);
		this.#underWay.add(running);
		try {
			return await running;
		} finally {
			this.#underWay.delete(running);
		}
	}
}
