import { setTimeout as pause } from "node:timers/promises";
import pg from "pg";
import { StoreUnavailable } from "../../room/ports/store.ts";
import { BackOff } from "./back-off.ts";
import { endsConnection, failureOf, isCollision, isServerError } from "./failure.ts";

/** A proxy may end an old connection when it restarts: Fly.io gives ten minutes of notice. */
const MAX_LIFE_S = 540;
const MAX_IDLE_MS = 60_000;
/** Time that a call waits for a connection, new or pooled. */
const CONNECT_TIMEOUT_MS = 5_000;
/** The server's timeout is the shorter one, because the server rolls back a statement that it cancels. The client's applies when the server does not reply. */
const STATEMENT_TIMEOUT_MS = 8_000;
const REPLY_TIMEOUT_MS = 10_000;
const MAX_ATTEMPTS = 6;
const MAX_RETRY_MS = 20;

/** Set by a query and not as connection parameters, because PgBouncer rejects unknown ones. */
const SESSION = `
	SET statement_timeout = ${STATEMENT_TIMEOUT_MS};
	SET idle_in_transaction_session_timeout = ${STATEMENT_TIMEOUT_MS};
	SET default_transaction_isolation = 'read committed';
	SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off';
`;

/** Counts and milliseconds since 1970 fit a number; the driver's default is a string. */
const types: pg.CustomTypesConfig = {
	getTypeParser: ((oid: number, format?: "text") =>
		oid === pg.types.builtins.INT8 ? Number : pg.types.getTypeParser(oid, format)) as typeof pg.types.getTypeParser,
};

/** A statement's parameter. */
type Value = string | number | null | readonly string[];

/** A pool of connections that reconnect by themselves. */
export class Connections {
	readonly #pool: pg.Pool;
	readonly #backOff = new BackOff();
	/** Connections opened after the last one that failed to reply. Older ones may be dead as well. */
	#trusted = new WeakSet<pg.ClientBase>();
	/** Other pools of the same server. */
	readonly #siblings: Connections[] = [];

	constructor(url: string, max: number) {
		this.#pool = new pg.Pool({
			connectionString: url,
			application_name: "hubbub",
			max,
			idleTimeoutMillis: MAX_IDLE_MS,
			maxLifetimeSeconds: MAX_LIFE_S,
			connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
			query_timeout: REPLY_TIMEOUT_MS,
			keepAlive: true,
			types,
			onConnect: (client) => client.query(SESSION),
		});
		// An idle connection that breaks is replaced; one in use fails its query.
		this.#pool.on("error", () => undefined);
		this.#pool.on("connect", (client) => {
			client.on("error", () => undefined);
			this.#trusted.add(client);
		});
	}

	/**
	 * Runs one statement, which is a transaction of its own, and returns its rows as arrays. Repeats it after a collision with
	 * another transaction. Rejects with {@link StoreUnavailable}; after a broken connection the statement may have been
	 * carried out.
	 */
	async query<Row extends unknown[]>(text: string, values: Value[]): Promise<Row[]> {
		for (let attempts = 1; ; attempts++) {
			try {
				return await this.use((client) => rowsOf<Row>(client, text, values));
			} catch (error) {
				if (attempts === MAX_ATTEMPTS || !isCollision(error)) throw failureOf(error);
				await pause(Math.random() * MAX_RETRY_MS);
			}
		}
	}

	/** Runs `work` with a connection. Rejects with {@link StoreUnavailable} if there is none, or as `work` does. */
	async use<T>(work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
		const client = await this.#connect();
		let isBroken = false;
		try {
			return await work(client);
		} catch (error) {
			isBroken = endsConnection(error);
			if (!isServerError(error)) for (const each of [this, ...this.#siblings]) each.#trusted = new WeakSet();
			throw error;
		} finally {
			client.release(isBroken);
		}
	}

	/** When a connection of this or of other pools of the same server fails to reply, those of all of them may be dead. */
	shareTrustWith(...others: Connections[]): void {
		const all = [this, ...others];
		for (const each of all) each.#siblings.push(...all.filter((other) => other !== each));
	}

	/** Resolves when all connections are closed. None may be in use. */
	close(): Promise<void> {
		return this.#pool.end();
	}

	async #connect(): Promise<pg.PoolClient> {
		const { waitMs } = this.#backOff;
		if (waitMs > 0)
			throw new StoreUnavailable(`The database can't be reached; the next attempt is in ${Math.ceil(waitMs)} ms.`);
		try {
			const client = await this.#trustedClient();
			this.#backOff.succeeded();
			return client;
		} catch (error) {
			this.#backOff.failed();
			throw failureOf(error);
		}
	}

	async #trustedClient(): Promise<pg.PoolClient> {
		for (;;) {
			const client = await this.#pool.connect();
			if (this.#trusted.has(client)) return client;
			// A silent server's close must not keep this process alive.
			(client as unknown as { unref(): void }).unref();
			client.release(true);
		}
	}
}

async function rowsOf<Row extends unknown[]>(client: pg.PoolClient, text: string, values: Value[]) {
	return (await client.query<Row>({ text, values, rowMode: "array" })).rows;
}
