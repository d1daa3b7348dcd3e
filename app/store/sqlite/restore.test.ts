import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { type TestContext, test } from "node:test";
import type { Ban } from "../../room/ports/moderation.ts";
import type { Store } from "../../room/ports/store.ts";
import { openStore } from "../open.ts";
import { checkBackup, restore } from "./restore.ts";

const ROOM = "library";
const author = { id: "ada", name: "Ada" };

function folderFor(t: TestContext): string {
	const folder = mkdtempSync(join(tmpdir(), "hubbub-restore-"));
	t.after(() => rmSync(folder, { recursive: true, force: true }));
	return folder;
}

async function appendTexts(store: Store, ...bodies: string[]): Promise<void> {
	const createdAt = 1_700_000_000_000;
	await store.append(
		bodies.map((body) => ({
			kind: "message",
			room: ROOM,
			author,
			clientId: randomUUID(),
			content: { body },
			createdAt,
		})),
	);
}

async function bodiesIn(databasePath: string): Promise<string[]> {
	const store = await openStore({ databasePath });
	const { messages } = await store.history(ROOM, { limit: 100 });
	await store.close();
	return messages.map(({ body }) => body ?? "");
}

/** A database with "one" and "two", a backup of that, and then "three". */
async function backedUp(t: TestContext): Promise<{ live: string; copy: string; epoch: string; folder: string }> {
	const folder = folderFor(t);
	const live = join(folder, "live.db");
	const copy = join(folder, "copy.db");
	const store = await openStore({ databasePath: live });
	await appendTexts(store, "one", "two");
	await store.backup(copy);
	await appendTexts(store, "three");
	const { epoch } = await store.open(ROOM, 0);
	await store.close();
	return { live, copy, epoch, folder };
}

test("a restored database has the backup's content under new epochs, and accepts appends", async (t) => {
	const { live, copy, epoch } = await backedUp(t);
	const { rooms, messages, replaced } = restore(copy, live, { force: true });
	assert.deepEqual({ rooms, messages }, { rooms: 1, messages: 2 });
	assert.deepEqual(await bodiesIn(live), ["one", "two"]);
	assert.deepEqual(await bodiesIn(replaced!), ["one", "two", "three"], "the replaced database is kept");

	const store = await openStore({ databasePath: live });
	t.after(() => store.close());
	const room = await store.open(ROOM, 0);
	assert.notEqual(room.epoch, epoch, "a cursor from after the backup must not be trusted");
	assert.equal(room.seq, 2);
	await appendTexts(store, "other three");
	assert.equal((await store.open(ROOM, 0)).seq, 3);
});

test("restoring over a database needs force, and changes nothing without it", async (t) => {
	const { live, copy } = await backedUp(t);
	assert.throws(() => restore(copy, live, { force: false }), /Use --force to replace it/);
	assert.deepEqual(await bodiesIn(live), ["one", "two", "three"]);
});

test("restoring to a new path needs no force", async (t) => {
	const { copy, folder } = await backedUp(t);
	const fresh = join(folder, "fresh.db");
	assert.equal(restore(copy, fresh, { force: false }).replaced, undefined);
	assert.deepEqual(await bodiesIn(fresh), ["one", "two"]);
});

test("restoring under a running server is refused, and the server continues to work", async (t) => {
	const { live, copy } = await backedUp(t);
	const store = await openStore({ databasePath: live });
	t.after(() => store.close());
	assert.throws(() => restore(copy, live, { force: true }), /A server is running/);
	await appendTexts(store, "four");
	assert.equal((await store.history(ROOM, { limit: 100 })).messages.length, 4);
});

test("a session that was revoked after the backup stays revoked", async (t) => {
	const { live, copy } = await backedUp(t);
	const before = await openStore({ databasePath: live });
	await before.revokeSession("stolen", Number.MAX_SAFE_INTEGER);
	await before.close();
	restore(copy, live, { force: true });
	const store = await openStore({ databasePath: live });
	t.after(() => store.close());
	assert.deepEqual(await store.revokedSessions(), ["stolen"]);
});

test("bans and closed rooms from after the backup are kept, and lifted bans stay lifted", async (t) => {
	const { live, copy } = await backedUp(t);
	const lifted: Ban = { kind: "user", target: "lifted", createdAt: 1 };
	const backup = await openStore({ databasePath: copy });
	await backup.enact([{ kind: "ban", ban: lifted }], []);
	await backup.close();
	const before = await openStore({ databasePath: live });
	const ban: Ban = { kind: "address", target: "192.0.2.1", createdAt: 2 };
	await before.enact(
		[
			{ kind: "ban", ban },
			{ kind: "room_closed", room: "attic" },
		],
		[{ act: "ban", target: { address: "192.0.2.1" }, createdAt: 2 }],
	);
	await before.close();
	restore(copy, live, { force: true });
	const store = await openStore({ databasePath: live });
	t.after(() => store.close());
	assert.deepEqual(await store.activeModeration(), { bans: [ban], closedRooms: ["attic"] });
	assert.equal((await store.audit({ limit: 5 })).entries.length, 1);
});

const SET = { act: "set_role", target: {}, createdAt: 1 } as const;

test("roles and the access from after the backup are kept: who was removed since stays so", async (t) => {
	const { live, copy } = await backedUp(t);
	const backup = await openStore({ databasePath: copy });
	await backup.setRole({ id: "removed", role: "member", at: 1 }, SET);
	await backup.setRole({ id: "owner", role: "owner", at: 1 }, SET);
	await backup.close();
	const before = await openStore({ databasePath: live });
	await before.setRole({ id: "owner", role: "owner", at: 1 }, SET);
	await before.setAccess("members", SET);
	await before.close();
	restore(copy, live, { force: true });
	const store = await openStore({ databasePath: live });
	t.after(() => store.close());
	const { people, access } = await store.people(0);
	assert.deepEqual([people.map(({ id }) => id), access], [["owner"], "members"]);
});

test("a new database gets the roles of the backup", async (t) => {
	const { live, copy } = await backedUp(t);
	const backup = await openStore({ databasePath: copy });
	await backup.setRole({ id: "owner", role: "owner", at: 1 }, SET);
	await backup.close();
	restore(copy, live, { force: true });
	const store = await openStore({ databasePath: live });
	t.after(() => store.close());
	assert.deepEqual(
		(await store.people(0)).people.map(({ id }) => id),
		["owner"],
	);
});

test("a damaged database can be replaced", async (t) => {
	const { live, copy } = await backedUp(t);
	writeFileSync(live, "no database any more");
	restore(copy, live, { force: true });
	assert.deepEqual(await bodiesIn(live), ["one", "two"]);
});

const unusable: [what: string, make: (file: string, copy: string) => void, sentence: RegExp][] = [
	["does not exist", () => {}, /There is no file/],
	["is empty", (file) => writeFileSync(file, ""), /is not a backup/],
	["is a text", (file) => writeFileSync(file, "x".repeat(10_000)), /is not a backup/],
	[
		"is truncated",
		(file, copy) => {
			copyFileSync(copy, file);
			truncateSync(file, Math.floor(readFileSync(copy).length / 2));
		},
		/damaged|not an SQLite database/,
	],
	[
		"is another program's",
		(file) => {
			const db = new DatabaseSync(file);
			db.exec("CREATE TABLE notes (text)");
			db.close();
		},
		/database of another program/,
	],
	[
		"is from a newer version",
		(file, copy) => {
			copyFileSync(copy, file);
			const db = new DatabaseSync(file);
			db.exec("PRAGMA user_version = 99");
			db.close();
		},
		/newer version/,
	],
];
for (const [what, make, sentence] of unusable) {
	test(`a backup that ${what} is refused with a sentence that names it, and nothing changes`, async (t) => {
		const { live, copy, folder } = await backedUp(t);
		const file = join(folder, "given.db");
		make(file, copy);
		assert.throws(
			() => restore(file, live, { force: true }),
			({ message }: Error) => sentence.test(message) && message.includes("given.db"),
		);
		assert.throws(() => checkBackup(file, join(folder, "scratch.db")), sentence);
		assert.deepEqual(await bodiesIn(live), ["one", "two", "three"]);
		assert.ok(!existsSync(`${live}.restoring`) && !existsSync(join(folder, "scratch.db")), "no temporary file is left");
	});
}
