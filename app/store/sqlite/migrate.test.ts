import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { test } from "node:test";
import type { Append } from "../../room/ports/log.ts";
import type { Store } from "../../room/ports/store.ts";
import { ADA, edit, removal, text, upTo } from "../contract/fixture.ts";
import { SQLITE_MIGRATIONS } from "../migrations/sequence.ts";
import { openStore } from "../open.ts";
import { FORMER_COLUMNS, formerLog, formerValues } from "../testing/former-entries.ts";
import { assertFormerLogWorks } from "../testing/former-log.ts";
import { openWriter } from "./connection.ts";
import { openTemporaryStore } from "./testing/temporary-store.ts";

/** The schema before `003-conversation`. */
const FORMER_VERSION = 2;

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
				for (const table of ["rooms", "entries"]) {
					const columns = db.prepare(`SELECT group_concat(name) AS names FROM pragma_table_info('${table}', 'main')`);
					const names = String(columns.get()?.names);
					db.exec(`INSERT INTO main.${table} (${names}) SELECT ${names} FROM filled.${table}`);
				}
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
			assert.deepEqual(
				migrated
					.prepare(
						"SELECT * FROM bans, closed_rooms, audit, message_states, reactions, people, invitations, chat_settings, passkeys, sessions",
					)
					.all(),
				[],
			);
			migrated.close();
		} finally {
			await dispose();
		}
	});

/** Opens a new file with a log that the version before edits wrote. */
async function withFormerLog(
	short: readonly string[],
	run: (store: Store, path: string) => Promise<void>,
): Promise<void> {
	const folder = await mkdtemp(join(tmpdir(), "hubbub-former-"));
	const databasePath = join(folder, "former.db");
	const db = new DatabaseSync(databasePath);
	db.exec("PRAGMA secure_delete = ON");
	for (const sql of SQLITE_MIGRATIONS.slice(0, FORMER_VERSION)) db.exec(sql);
	db.exec(`PRAGMA application_id = ${0x48756262}; PRAGMA user_version = ${FORMER_VERSION}`);
	const log = formerLog(short);
	db.prepare("INSERT INTO rooms (name, epoch, seq, created_at, active_at) VALUES ('lobby', 'e', ?, 1, 1)").run(
		log.length,
	);
	const insert = db.prepare(
		`INSERT INTO entries (room_id, ${FORMER_COLUMNS}) VALUES (1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
	);
	db.exec("BEGIN");
	for (const [index, entry] of log.entries()) insert.run(...formerValues(entry, index));
	db.exec("COMMIT");
	db.close();
	const store = await openStore({ databasePath });
	try {
		await run(store, databasePath);
	} finally {
		await store.close();
		await rm(folder, { recursive: true, force: true });
	}
}

test("messages from before edits, reactions, pins and replies can be read and changed", () =>
	withFormerLog(["a"], assertFormerLogWorks));

test("M6 texts from before edits are erased, also where short ones were changed beside them", async () => {
	const markOf = (number: number) => `mark${String(number).padStart(6, "0")}kram`;
	const count = 3_000;
	const isShort = (number: number) => number % 10 < 5;
	const texts = upTo(count).map((number) => (isShort(number) ? "abcd".slice(0, 1 + (number % 4)) : markOf(number)));
	await withFormerLog(texts, async (store, databasePath) => {
		const first = (await store.open("lobby", 0)).seq - count;
		const change = async (numbers: number[], make: (seq: number) => Append) => {
			for (let at = 0; at < numbers.length; at += 100)
				await store.append(numbers.slice(at, at + 100).map((number) => make(first + number)));
		};
		await change(upTo(count).filter(isShort), (seq) => edit("lobby", seq, "changed"));
		await change(upTo(count), (seq) => removal("lobby", seq));
		await store.close();
		assert.deepEqual(readFileSync(databasePath, "latin1").match(/mark\d{6}kram/g), null);
	});
});
