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

/** Returns the variables of a chat with an empty database in each server, or none without shared servers. */
export async function createSharedData(): Promise<Record<string, string>> {
	const { [TEMPLATE]: template, [REDIS]: redisUrl } = process.env;
	if (template === undefined || redisUrl === undefined) return {};
	const client = new pg.Client({ connectionString: at(template, "postgres") });
	await client.connect();
	try {
		const { rows } = await client.query("SELECT nextval('chats') AS number");
		const { number } = rows[0];
		await client.query(`CREATE DATABASE chat_${number} TEMPLATE ${new URL(template).pathname.slice(1)}`);
		return { DATABASE_URL: at(template, `chat_${number}`), REDIS_URL: at(redisUrl, number) };
	} finally {
		await client.end();
	}
}

/** The URL of another database of the same server. */
function at(url: string, database: string): string {
	return Object.assign(new URL(url), { pathname: `/${database}` }).href;
}
