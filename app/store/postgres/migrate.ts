import type { PoolClient, QueryConfig } from "pg";
import { POSTGRES_MIGRATIONS } from "../migrations/postgres/sequence.ts";

/** "Hubb" in ASCII: the advisory lock of a process that changes the schema. */
const MIGRATION_LOCK = 0x48756262;
/** Maximum duration of a migration, including the wait for another machine's. */
const MIGRATION_TIMEOUT_MS = 600_000;

/** The database can't be used as it is. The message is a sentence for the operator. */
export class UnfitDatabase extends Error {}

/**
 * Migrates the schema. Of several machines that start at once, one migrates and the others wait. Throws
 * {@link UnfitDatabase}.
 */
export async function migrate(client: PoolClient): Promise<void> {
	await refuseUnfit(client);
	if ((await versionOf(client)) === POSTGRES_MIGRATIONS.length) return;
	const runLong = (text: string) => client.query({ text, query_timeout: MIGRATION_TIMEOUT_MS } as QueryConfig);
	try {
		await client.query(`BEGIN; SET LOCAL statement_timeout = ${MIGRATION_TIMEOUT_MS}`);
		await runLong(`SELECT pg_advisory_xact_lock(${MIGRATION_LOCK})`);
		// Read again: another machine may have migrated it while this one waited for the lock.
		for (const sql of POSTGRES_MIGRATIONS.slice(await versionOf(client))) await runLong(sql);
		await client.query(
			"INSERT INTO hubbub.meta (key, value) VALUES ('schema', $1) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
			[String(POSTGRES_MIGRATIONS.length)],
		);
		await client.query("COMMIT");
	} catch (error) {
		// On a broken connection the server has rolled it back by itself.
		await client.query("ROLLBACK").catch(() => undefined);
		throw error;
	}
}

async function refuseUnfit(client: PoolClient): Promise<void> {
	const encoding = await settingOf(client, "server_encoding");
	if (encoding !== "UTF8")
		throw new UnfitDatabase(
			`The database is in ${encoding}, which can't store every language. Create a database in UTF8.`,
		);
	if ((await settingOf(client, "fsync")) !== "on")
		throw new UnfitDatabase("The PostgreSQL server runs with fsync off, which can lose messages. Turn it on.");
}

async function settingOf(client: PoolClient, name: string): Promise<unknown> {
	return Object.values((await client.query(`SHOW ${name}`)).rows[0])[0];
}

async function versionOf(client: PoolClient): Promise<number> {
	// From the catalogue's tables: functions such as to_regclass may return the state before the wait for the lock.
	const { rows } = await client.query(`
		SELECT EXISTS (SELECT FROM pg_namespace WHERE nspname = 'hubbub') AS taken,
			EXISTS (SELECT FROM pg_tables WHERE schemaname = 'hubbub' AND tablename = 'meta') AS ours`);
	const { taken, ours } = rows[0];
	if (!taken) return 0;
	if (!ours)
		throw new UnfitDatabase(
			"The database has a schema `hubbub` of another program. Set DATABASE_URL to another database.",
		);
	const found = await client.query("SELECT value FROM hubbub.meta WHERE key = 'schema'");
	const version = Number(found.rows[0]?.value);
	if (version > POSTGRES_MIGRATIONS.length)
		throw new UnfitDatabase(
			`The database was written by a newer version of this program (schema ${version}; this one knows up to ` +
				`${POSTGRES_MIGRATIONS.length}). Start that version, or restore a dump of this version's database.`,
		);
	return version;
}
