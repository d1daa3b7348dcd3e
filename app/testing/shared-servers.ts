/**
 * One PostgreSQL and one Redis for all test files of a run. As a program, this file starts both, prints the variables by
 * which tests find them as one line of JSON, and stops both at the end of its standard input. Tests that run without the
 * variables store their data in SQLite.
 */
import { once } from "node:events";
import pg from "pg";
import { RedisServer } from "../cluster/testing/redis-server.ts";
import { openStore } from "../store/open.ts";
import { PostgresServer } from "../store/postgres/testing/postgres-server.ts";

/** Variable with the URL of the template database, which has the schema. Every other database is a copy of it. */
const TEMPLATE = "TEST_TEMPLATE_URL";
const REDIS = "TEST_REDIS_URL";

if (import.meta.main) await serve();

async function serve(): Promise<void> {
	const ended = once(process.stdin.resume(), "end");
	const postgres = await PostgresServer.start();
	const redis = await RedisServer.start();
	const template = await postgres.createDatabase();
	const store = await openStore({ databasePath: "", databaseUrl: template });
	await store.close();
	await postgres.query(postgres.urlOf("postgres"), "CREATE SEQUENCE chats");
	console.log(JSON.stringify({ [TEMPLATE]: template, [REDIS]: redis.url() }));
	await ended;
	await redis.dispose();
	await postgres.dispose();
}

export type SharedData = {
	/** The variables of a chat with an empty database in each server; none without shared servers. */
	env: Record<string, string>;
	/** Lets another test use the database. No server may use it any more. */
	release(): Promise<void>;
};

/** A connection per database, which is kept, because opening one takes longer than most statements. */
const pools = new Map<string, pg.Pool>();
/** Empty databases that no test uses. To empty one takes a tenth of the time of creating one. */
const released: string[] = [];

/** Returns an empty database in each server. */
export async function createSharedData(): Promise<SharedData> {
	const { [TEMPLATE]: template, [REDIS]: redisUrl } = process.env;
	if (template === undefined || redisUrl === undefined) return { env: {}, async release() {} };
	const [{ number }] = await query(at(template, "postgres"), "SELECT nextval('chats') AS number");
	const name = released.pop() ?? (await createDatabase(template, `chat_${number}`));
	const databaseUrl = at(template, name);
	async function release(): Promise<void> {
		await query(databaseUrl, "DELETE FROM hubbub.meta WHERE key NOT IN ('schema', 'search_key')");
		const tables = await query(databaseUrl, "SELECT tablename FROM pg_tables WHERE schemaname = 'hubbub'");
		const names = tables.map(({ tablename }) => `hubbub.${tablename}`).filter((table) => table !== "hubbub.meta");
		await query(databaseUrl, `TRUNCATE ${names} RESTART IDENTITY`);
		released.push(name);
	}
	return { env: { DATABASE_URL: databaseUrl, REDIS_URL: at(redisUrl, number) }, release };
}

async function createDatabase(template: string, name: string): Promise<string> {
	await query(at(template, "postgres"), `CREATE DATABASE ${name} TEMPLATE ${new URL(template).pathname.slice(1)}`);
	return name;
}

/** Runs a statement and returns the rows. */
async function query(url: string, sql: string): Promise<pg.QueryResult["rows"]> {
	const pool = pools.get(url) ?? openPool(url);
	pools.set(url, pool);
	return (await pool.query(sql)).rows;
}

function openPool(url: string): pg.Pool {
	const pool = new pg.Pool({ connectionString: url, max: 1, idleTimeoutMillis: 0, allowExitOnIdle: true });
	// The server ends after the last test, and with it the connection.
	pool.on("error", () => {});
	return pool;
}

/** The URL of another database of the same server. */
function at(url: string, database: string): string {
	return Object.assign(new URL(url), { pathname: `/${database}` }).href;
}
