import assert from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { test } from "node:test";
import { ADA, text } from "../contract/fixture.ts";
import { SQLITE_MIGRATIONS } from "../migrations/sequence.ts";
import { openWriter } from "./connection.ts";
import { openTemporaryStore } from "./testing/temporary-store.ts";

for (const version of SQLITE_MIGRATIONS.keys())
	test(`a database of schema ${version} is migrated with its content`, async () => {
		const { store, databasePath, dispose } = await openTemporaryStore();
		try {
			await store.append([text("lobby", "hello")]);
			await store.close();
			// The same content in a file of an older version of the program.
			const older = `${databasePath}.older`;
			const db = new DatabaseSync(older);
			for (const sql of SQLITE_MIGRATIONS.slice(0, version)) db.exec(sql);
			if (version > 0) {
				db.exec(`ATTACH DATABASE '${databasePath}' AS filled`);
				for (const table of ["rooms", "entries"]) db.exec(`INSERT INTO main.${table} SELECT * FROM filled.${table}`);
				db.exec(`PRAGMA application_id = ${0x48756262}; PRAGMA user_version = ${version}`);
			}
			db.close();
			openWriter(older).close();
			const migrated = new DatabaseSync(older, { readOnly: true });
			assert.deepEqual(
				{ ...migrated.prepare("PRAGMA user_version").get() },
				{ user_version: SQLITE_MIGRATIONS.length },
			);
			const bodies = migrated.prepare("SELECT author_id, body FROM entries").all();
			assert.deepEqual(
				bodies.map((row) => ({ ...row })),
				version > 0 ? [{ author_id: ADA.id, body: "hello" }] : [],
			);
			assert.deepEqual(migrated.prepare("SELECT * FROM bans, closed_rooms, audit").all(), []);
			migrated.close();
		} finally {
			await dispose();
		}
	});
