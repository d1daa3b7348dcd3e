import { setTimeout as pause } from "node:timers/promises";
import pg from "pg";
import { StoreUnavailable } from "../../room/ports/store.ts";
import { BackOff } from "./back-off.ts";
import { endsConnection, failureOf, isAnswer, isCollision } from "./failure.ts";

const MAX_CONNECTIONS = 8;
/** What stands between may end an old connection when it is itself restarted: Fly.io gives ten minutes of notice. */
const MAX_LIFE_S = 540;
const MAX_IDLE_MS = 60_000;
/** How long somebody waits for a connection, new or used. */
const CONNECT_TIMEOUT_MS = 5_000;
/** The server gives up first: what it has given up is known to be undone. The client does when there is no answer. */
const STATEMENT_TIMEOUT_MS = 8_000;
const ANSWER_TIMEOUT_MS = 10_000;
const MAX_TRIES = 6;
const LONGEST_PAUSE_MS = 20;

/** Set by a query and not as parameters of the connection, because PgBouncer lets no unknown ones through. */
const SESSION = `
	SET statement_timeout = ${STATEMENT_TIMEOUT_MS};
	SET idle_in_transaction_session_timeout = ${STATEMENT_TIMEOUT_MS};
	SET default_transaction_isolation = 'read committed';
	SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off';
`;

/** Counts and milliseconds since 1970 fit a number; the driver would make them strings. */
const types: pg.CustomTypesConfig = {
	getTypeParser: ((oid: number, format?: "text") =>
		oid === pg.types.builtins.INT8 ? Number : pg.types.getTypeParser(oid, format)) as typeof pg.types.getTypeParser,
};

/** What takes a statement's place of the same number. */
type Value = string | number | readonly string[];

/** A pool of connections that come back by themselves. */
export class Connections {
	readonly #pool: pg.Pool;
	readonly #backOff = new BackOff();
	/** The connections that were made since one last failed to answer: older ones may lead nowhere as well. */
	#trusted = new WeakSet<pg.ClientBase>();

	constructor(url: string) {
		this.#pool = new pg.Pool({
			connectionString: url,
			application_name: "hubbub",
			max: MAX_CONNECTIONS,
			idleTimeoutMillis: MAX_IDLE_MS,
			maxLifetimeSeconds: MAX_LIFE_S,
			connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
			query_timeout: ANSWER_TIMEOUT_MS,
			keepAlive: true,
			types,
			onConnect: (client) => client.query(SESSION),
		});
		// A connection that breaks while nobody uses it has nobody to tell; one in use fails its query.
		this.#pool.on("error", () => undefined);
		this.#pool.on("connect", (client) => {
			client.on("error", () => undefined);
			this.#trusted.add(client);
		});
	}

	/**
	 * Carries out one statement, which is a transaction of its own, and answers its rows as arrays. Where transactions
	 * were in each other's way it is tried again. Rejects with {@link StoreUnavailable}; after a broken connection it
	 * is not known whether the statement was carried out.
	 */
	async query<Row extends unknown[]>(text: string, values: Value[]): Promise<Row[]> {
		for (let tries = 1; ; tries++) {
			try {
				return await this.use((client) => rowsOf<Row>(client, text, values));
			} catch (error) {
				if (tries === MAX_TRIES || !isCollision(error)) throw failureOf(error);
				await pause(Math.random() * LONGEST_PAUSE_MS);
			}
		}
	}

	/** Lends a connection. Rejects with {@link StoreUnavailable} when there is none, and with what `work` rejects with. */
	async use<T>(work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
		const client = await this.#connect();
		let isBroken = false;
		try {
			return await work(client);
		} catch (error) {
			isBroken = endsConnection(error);
			if (!isAnswer(error)) this.#trusted = new WeakSet();
			throw error;
		} finally {
			client.release(isBroken);
		}
	}

	/** Resolves when all connections are closed; they must not be in use any more. */
	close(): Promise<void> {
		return this.#pool.end();
	}

	async #connect(): Promise<pg.PoolClient> {
		const { waitMs } = this.#backOff;
		if (waitMs > 0)
			throw new StoreUnavailable(`The database can't be reached; the next try is in ${Math.ceil(waitMs)} ms.`);
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
			// Should the other end be silent, its goodbye must not keep this process.
			(client as unknown as { unref(): void }).unref();
			client.release(true);
		}
	}
}

async function rowsOf<Row extends unknown[]>(client: pg.PoolClient, text: string, values: Value[]) {
	return (await client.query<Row>({ text, values, rowMode: "array" })).rows;
}
