import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { text, upTo } from "../contract/fixture.ts";
import { openStore } from "../open.ts";
import { PostgresServer } from "./testing/postgres-server.ts";

let server: PostgresServer;
before(async () => {
	server = await PostgresServer.start();
});
after(() => server.dispose());

const ITEM = { kind: "message", created_at: 1, author_id: "ada", author_name: "Ada", client_id: "1", body: "hello" };

const open = (databaseUrl: string) => openStore({ databasePath: "", databaseUrl });

async function refusalOf(databaseUrl: string): Promise<string> {
	const error = await open(databaseUrl).then(
		async (store) => store.close(),
		(error: unknown) => error,
	);
	assert.ok(error instanceof Error, "the store was opened");
	return error.message;
}

test("ten processes that start at once on an empty database migrate it once", async () => {
	for (const _round of upTo(5)) {
		const databaseUrl = await server.createDatabase();
		const stores = await Promise.all(upTo(10).map(() => open(databaseUrl)));
		const logs = await Promise.all(stores.map((store) => store.open("lobby", 1)));
		assert.equal(new Set(logs.map(({ epoch }) => epoch)).size, 1);
		await Promise.all(stores.map((store) => store.close()));
	}
});

test("a schema that is newer than the code is refused", async () => {
	const databaseUrl = await server.createDatabase();
	await (await open(databaseUrl)).close();
	await server.query(databaseUrl, "UPDATE hubbub.meta SET value = '99' WHERE key = 'schema'");
	assert.match(await refusalOf(databaseUrl), /^The database was written by a newer version .* \(schema 99; this one/);
});

test("another program's schema is refused and left alone", async () => {
	const databaseUrl = await server.createDatabase();
	await server.query(databaseUrl, "CREATE SCHEMA hubbub CREATE TABLE photos (id int)");
	assert.match(await refusalOf(databaseUrl), /^The database has a schema `hubbub` of another program/);
	const tables = await server.query(databaseUrl, "SELECT tablename FROM pg_tables WHERE schemaname = 'hubbub'");
	assert.deepEqual(tables, [{ tablename: "photos" }]);
});

test("a database that can't store every language is refused", async () => {
	const databaseUrl = await server.createDatabase("ENCODING 'LATIN1' TEMPLATE template0");
	assert.match(await refusalOf(databaseUrl), /^The database is in LATIN1/);
});

test("a database and a user that do not exist are refused by name, without the password", async () => {
	assert.match(
		await refusalOf(server.urlOf("nowhere")),
		/^PostgreSQL at 127\.0\.0\.1:\d+ has no database nowhere\. Create it/,
	);
	const refusal = await refusalOf(server.urlOf("postgres", "nobody:s3cret"));
	assert.match(refusal, /^PostgreSQL at 127\.0\.0\.1:\d+ rejected the user nobody \(role "nobody" does not exist\)/);
	assert.doesNotMatch(refusal, /s3cret/);
});

test("a user without the right to create a schema is refused with the statement to run", async () => {
	const databaseUrl = await server.createDatabase();
	await server.query(databaseUrl, "CREATE ROLE guest LOGIN");
	const refusal = await refusalOf(databaseUrl.replace("hubbub@", "guest@"));
	assert.match(
		refusal,
		/^guest has no right to create a schema in the database test_\d+ .* Run: GRANT CREATE ON DATABASE test_\d+ TO guest;$/,
	);
});

test("M1 a resolved append is on disk, whatever the database's settings are", async () => {
	const databaseUrl = await server.createDatabase();
	const name = new URL(databaseUrl).pathname.slice(1);
	await server.query(databaseUrl, `ALTER DATABASE ${name} SET synchronous_commit = off`);
	const store = await open(databaseUrl);
	await server.query(
		databaseUrl,
		`CREATE TABLE seen (setting text);
		CREATE FUNCTION look() RETURNS trigger LANGUAGE plpgsql AS $$
		BEGIN INSERT INTO seen VALUES (current_setting('synchronous_commit')); RETURN NULL; END $$;
		CREATE TRIGGER look AFTER INSERT OR UPDATE ON hubbub.rooms EXECUTE FUNCTION look();
		CREATE TRIGGER look AFTER INSERT ON hubbub.entries EXECUTE FUNCTION look();`,
	);
	await store.open("lobby", 1);
	await store.append([text("lobby", "hello")]);
	await store.close();
	// On a connection without this program's settings, as behind a pooler that shares connections between transactions.
	const batch = JSON.stringify([{ name: "attic", epoch: "e", created_at: 1, items: [{ ...ITEM, at: 0 }] }]);
	await server.query(databaseUrl, `SELECT FROM hubbub.append_batch('${batch}')`);
	assert.deepEqual(await server.query(databaseUrl, "SELECT DISTINCT setting FROM seen"), [{ setting: "on" }]);
	assert.deepEqual(await server.query(databaseUrl, "SHOW synchronous_commit"), [{ synchronous_commit: "off" }]);
});

test("a database that starts after the server is waited for", async () => {
	const databaseUrl = await server.createDatabase();
	await server.stop("SIGINT");
	const opening = open(databaseUrl);
	await server.resume();
	const store = await opening;
	await store.ping();
	await store.close();
});

test("a backup is left to PostgreSQL's own tools", async () => {
	const store = await open(await server.createDatabase());
	await assert.rejects(store.backup("/tmp/backup.db"), /^Error: .*pg_dump --schema=hubbub/);
	await store.close();
});
