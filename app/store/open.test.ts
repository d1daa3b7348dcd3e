import assert from "node:assert/strict";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { after, test } from "node:test";
import { openStore } from "./open.ts";
import { refuseOldSqlite } from "./sqlite/connection.ts";

const folder = mkdtempSync(join(tmpdir(), "hubbub-open-"));
after(() => rmSync(folder, { recursive: true, force: true }));

async function refusalOf(databasePath: string): Promise<string> {
	const error = await openStore({ databasePath }).then(
		async (store) => store.close(),
		(error: unknown) => error,
	);
	assert.ok(error instanceof Error, "the store was opened");
	return error.message;
}

test("the database's folder is created if it does not exist", async () => {
	const store = await openStore({ databasePath: join(folder, "deep", "er", "hubbub.db") });
	await store.ping();
	await store.close();
});

test("a folder that can't be created is refused with its path", async () => {
	writeFileSync(join(folder, "file"), "");
	const refusal = await refusalOf(join(folder, "file", "hubbub.db"));
	assert.match(
		refusal,
		/^The database's folder .*\/file can't be written \(.*\)\. Give the server's user write access/,
	);
});

test("a file that is not a database is refused with its path and left alone", async () => {
	const path = join(folder, "letter.txt");
	writeFileSync(path, "Dear diary, ".repeat(1_000));
	assert.equal(
		await refusalOf(path),
		`${path} is not an SQLite database, or is damaged. Restore a backup, or name another file in DATABASE_PATH.`,
	);
});

test("a folder at the database's path is refused with its path", async () => {
	const path = join(folder, "folder.db");
	mkdirSync(path);
	assert.match(await refusalOf(path), /folder\.db can't be opened as a database file/);
});

test("another program's database is refused and left alone", async () => {
	const path = join(folder, "other.db");
	const other = new DatabaseSync(path);
	other.exec("CREATE TABLE photos (id INTEGER PRIMARY KEY)");
	assert.equal(await refusalOf(path), `${path} is a database of another program. Name another file in DATABASE_PATH.`);
	assert.equal(other.prepare("SELECT count(*) AS tables FROM sqlite_schema").get()?.tables, 1);
	other.close();
});

test("a schema that is newer than the code is refused", async () => {
	const path = join(folder, "newer.db");
	await (await openStore({ databasePath: path })).close();
	const db = new DatabaseSync(path);
	db.exec("PRAGMA user_version = 99");
	db.close();
	assert.match(await refusalOf(path), /newer\.db was written by a newer version of this program \(schema 99; this one/);
});

test("a version of SQLite that may lose a commit is refused", () => {
	for (const version of ["3.51.2", "3.50.7", "3.9.9", "2.60.0"])
		assert.throws(() => refuseOldSqlite(version), new RegExp(`SQLite ${version}, which can lose messages; 3\\.51\\.3`));
	for (const version of ["3.51.3", "3.51.10", "3.52.0", "4.0.0"]) refuseOldSqlite(version);
});

test("a path that is not a file is refused", async () => {
	for (const path of ["", ":memory:"]) assert.match(await refusalOf(path), /^DATABASE_PATH must name a file/);
});

test("a path in a file system without folders is refused with a sentence", {
	skip: !existsSync("/proc/self"),
}, async () => {
	assert.match(await refusalOf("/proc/nope/x.db"), /^The database's folder \/proc\/nope can't be written \(ENOENT/);
});

test("an invalid DATABASE_URL is refused with an example", async () => {
	for (const databaseUrl of ["postgres://host:port/db", "postgres://%"])
		await assert.rejects(openStore({ databasePath: "", databaseUrl }), {
			message: "DATABASE_URL is not valid; an example is postgres://user:password@host:5432/database.",
		});
});
