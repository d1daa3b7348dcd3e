import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { after, before, beforeEach, test } from "node:test";
import type { Ban } from "../../app/room/ports/moderation.ts";
import {
	ADA,
	BEN,
	edit,
	pin,
	place,
	reaction,
	removal,
	removalBy,
	text,
	upTo,
	wholeLog,
} from "../../app/store/contract/fixture.ts";
import { openStore, type StoreSettings } from "../../app/store/open.ts";
import { PostgresServer } from "../../app/store/postgres/testing/postgres-server.ts";
import { root } from "../root.ts";

let server: PostgresServer;
let databaseUrl: string;
let folder: string;
let file: string;

before(async () => {
	server = await PostgresServer.start();
	folder = mkdtempSync(join(tmpdir(), "hubbub-migrate-"));
});
after(async () => {
	rmSync(folder, { recursive: true, force: true });
	await server.dispose();
});
beforeEach(async () => {
	databaseUrl = await server.createDatabase();
	file = join(folder, `${Math.random().toString(36).slice(2)}.db`);
});

const FIRST = text("lobby", "the first 🦊 \" ' \\ \u202b", { createdAt: 5 });

/** Fills a store with every kind of row. */
async function fillWithEverything(databasePath: string, messages: number): Promise<void> {
	const store = await openStore({ databasePath });
	await store.append([FIRST, text("lobby", "a secret"), place("lobby", { latitude: 0.1 + 0.2, longitude: 1e-300 })]);
	await store.append([place("lobby", { latitude: -90, longitude: 180, accuracy: 0 }), removal("lobby", 2)]);
	await store.append(upTo(messages).map((number) => text(`room ${number % 3}`, `${number} ${"x".repeat(200)}`)));
	await store.append([text("old", "gone", { createdAt: 1 }), text("older", "gone", { createdAt: 1 })]);
	await store.append([text("old", "young", { createdAt: 9_000 })]);
	await store.append(
		upTo(5).map((number) => text("talk", `${number}`, { mentions: number === 5 ? ["ada"] : undefined })),
	);
	await store.append([
		text("talk", "re 1", { reply: 1, mentions: [ADA.id, "room"] }),
		text("talk", "re 6", { reply: 6 }),
	]);
	await store.append([
		edit("talk", 1, "uno"),
		edit("talk", 1, "one", { mentions: [BEN.id] }),
		edit("talk", 6, "re one"),
	]);
	await store.append([pin("talk", 1), pin("talk", 2), pin("talk", 2, { on: false }), edit("talk", 3, "tres")]);
	await store.append(upTo(1_500).map((n) => reaction({ id: `u${n}`, name: `Ü ${n}` }, "talk", 1, n % 2 ? "👍" : "é")));
	await store.append([reaction(BEN, "talk", 2, "👍"), reaction(BEN, "talk", 2, "👍", { on: false })]);
	await store.append([removalBy(ADA, "talk", 3), removal("talk", 7)]);
	const { epoch } = await store.open("talk", 0);
	const readers = upTo(1_200).map((n) => ({ room: "talk", epoch, user: `Ü ${n}`, seq: n % 7, movedAt: n }));
	await store.moveReadMarks(readers);
	await store.open("pictures", 0);
	for (const id of ["a".repeat(32), "b".repeat(32), "c".repeat(32)]) {
		const file = { id, room: "pictures", userId: ADA.id, bytes: 9, createdAt: 3 };
		await store.reserveFile(file, { allBytes: 0, dayBytes: 0 });
		await store.storeFile({ id, name: "größe 🦊", type: "image/png", bytes: 9, width: 3, height: 2 });
		if (!id.startsWith("c")) await store.append([text("pictures", "", { files: [id] })]);
	}
	await store.prune(2);
	await store.append([text("removed", "x")]);
	await store.removeRoom("removed");
	await store.open("empty", 1);
	const attic = { room: "~attic", createdAt: 6, by: ADA, clientId: "6a52a9d0-0000-4000-8000-000000000001" };
	await store.createPrivateRoom({ kind: "private", ...attic, title: "The Attic", history: false });
	await store.append([{ kind: "member", room: "~attic", by: ADA, user: BEN, role: "member", createdAt: 7 }]);
	await store.createPrivateRoom({ kind: "direct", room: "~direct", createdAt: 8, by: BEN, people: [BEN, ADA] });
	await store.revokeSession("session", 9_000_000_000_000);
	const bans: Ban[] = [
		{ kind: "user", target: "ada", name: "Ada 🦊", createdAt: 1, reason: "' --", by: "Eve" },
		{ kind: "user", target: "ada", room: "lobby", until: 9_000_000_000_000, createdAt: 2 },
		{ kind: "address", target: "2001:db8:0:0::/64", createdAt: 3 },
	];
	const noted = bans.map(({ target }) => ({ act: "ban", target: { user: target }, createdAt: 4, by: "Eve" }) as const);
	await store.enact([...bans.map((ban) => ({ kind: "ban", ban }) as const), { kind: "room_closed", room: "x" }], noted);
	const note = { act: "invite", target: {}, createdAt: 5 } as const;
	await store.setRole({ ...ADA, role: "owner", at: 5 }, note);
	await store.setAccess("invited", note);
	const invitation = { id: "i", codeHash: "hash", uses: 2, createdAt: 5, expiresAt: 9_000_000_000_000, by: ADA };
	await store.createInvitation(invitation, note);
	await store.redeemInvitation({ codeHash: "hash", user: BEN, role: "guest", at: 6 });
	await store.reports.add({ room: "talk", epoch: "e", seq: 1, by: BEN, reason: "Ünkind", createdAt: 7 });
	const passkey = { id: "p", device: "Firefox on Linux", publicKey: "key", counter: 4_294_967_295, createdAt: 7 };
	const session = { id: "of ada", device: "Safari on iPhone", createdAt: 7, expiresAt: 9_000_000_000_000 };
	const [skeletons, codeHashes] = [
		["letters ada", "shape \u00c5da"],
		["code 1", "code 2"],
	];
	await store.accounts.addPasskey({ user: ADA, passkey, session, skeletons, codeHashes });
	await store.accounts.usePasskey("p", { counter: 4_294_967_295, challengedAt: 8, at: 9 });
	await store.close();
}

function start(...args: string[]) {
	const child = spawn(process.execPath, [join(root, "scripts/migrate-store.ts"), ...args], { stdio: "pipe" });
	let output = "";
	for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (output += chunk));
	return { child, ended: once(child, "close").then(([code]) => ({ code: code as number | null, output })) };
}

const migrate = (...args: string[]) => start(...args).ended;

/** Reads the room whose messages have been changed. */
async function talkIn(settings: StoreSettings) {
	const store = await openStore(settings);
	const page = await store.history("talk", { limit: 10, viewer: "u1" });
	const { entries } = await store.since("talk", 0, 10_000);
	await store.close();
	return { ...page, entries };
}

/** Returns every row of a file, without erased texts and row numbers. */
function rowsOf(path: string) {
	const db = new DatabaseSync(path, { readOnly: true });
	const all = (sql: string) => db.prepare(sql).all();
	try {
		return [
			all(
				"SELECT name, epoch, seq, floor, created_at, active_at, kind, title, created_by, people FROM rooms ORDER BY name",
			),
			all(`SELECT name, entries.seq, entries.kind, entries.created_at, author_id, author_name, client_id,
				iif(entries.kind = 'erased' OR text_seq IS NOT NULL, '', body) AS body, latitude, longitude, accuracy, target,
				removed_by, reply, root, mentions, emoji, is_on
				FROM entries JOIN rooms ON rooms.id = entries.room_id
				LEFT JOIN message_states AS state ON state.room_id = rooms.id AND state.seq = entries.seq
				ORDER BY name, entries.seq`),
			all("SELECT name, state.* FROM message_states AS state JOIN rooms ON id = room_id ORDER BY name, state.seq"),
			all("SELECT name, reactions.* FROM reactions JOIN rooms ON id = room_id ORDER BY name, reactions.seq"),
			all("SELECT name, members.* FROM members JOIN rooms ON id = room_id ORDER BY name, user_id"),
			all("SELECT name, mark.* FROM read_marks AS mark JOIN rooms ON id = room_id ORDER BY name, user_id"),
			all(`SELECT name, file, state, user_id, bytes, files.created_at, files.seq, position, info
				FROM files JOIN rooms ON rooms.id = room_id ORDER BY file`),
			all("SELECT * FROM revoked_sessions ORDER BY id"),
			all("SELECT * FROM bans"),
			all("SELECT * FROM closed_rooms"),
			all("SELECT * FROM audit ORDER BY id"),
			all("SELECT * FROM reports"),
			all("SELECT * FROM people"),
			all("SELECT * FROM chat_settings"),
			all("SELECT * FROM invitations"),
			all("SELECT * FROM invitation_uses"),
			...["accounts", "account_names", "passkeys", "sign_in_codes", "sessions"].map((table) =>
				all(`SELECT * FROM ${table}`),
			),
		];
	} finally {
		db.close();
	}
}

test("a copy from SQLite to PostgreSQL and back is identical, and repeated messages are still recognised", async () => {
	await fillWithEverything(file, 3_500);
	const { code, output } = await migrate(file, databaseUrl);
	assert.equal(code, 0, output);
	assert.match(output, /Done: 11 rooms with 5031 entries are in postgres:\/\/127\.0\.0\.1:\d+\/test_\d+, identical to/);
	const back = `${file}.back`;
	assert.equal((await migrate(databaseUrl, back)).code, 0);
	assert.deepEqual(rowsOf(back), rowsOf(file));

	for (const settings of [{ databasePath: back }, { databasePath: "", databaseUrl }]) {
		const store = await openStore(settings);
		assert.deepEqual(await store.append([FIRST]), [{ outcome: "repeated", seq: 1, createdAt: 5 }]);
		const talk = await talkIn({ databasePath: file });
		assert.deepEqual(await talkIn(settings), talk);
		assert.equal(talk.messages.length, 5);
		const [next] = await store.append([text("old", "next")]);
		assert.equal(next?.outcome === "appended" && next.entry.seq, 3);
		await store.enact([], [{ act: "unban", target: { user: "ada" }, createdAt: 5 }]);
		assert.deepEqual(
			(await store.audit({ limit: 10 })).entries.map(({ id, act }) => [id, act]),
			[[7, "unban"], ...[6, 5, 4].map((id) => [id, "invite"]), ...upTo(3).map((number) => [4 - number, "ban"])],
		);
		await store.close();
	}
});

test("an interrupted copy continues", async () => {
	await fillWithEverything(file, 30_000);
	const { child, ended } = start(file, databaseUrl);
	const copied = async () =>
		(
			await server
				.query(databaseUrl, "SELECT coalesce(sum(seq), 0)::int AS count FROM hubbub.rooms")
				.catch(() => [{ count: 0 }])
		)[0]!.count as number;
	while ((await copied()) < 2_000);
	child.kill("SIGKILL");
	await ended;
	const before = await copied();
	assert.ok(before < 30_000, "the copy finished before it was killed");
	const refusal = await migrate(`${file}.other`, databaseUrl);
	assert.deepEqual([refusal.code, refusal.output], [1, `There is no file ${file}.other.\n`]);

	const { code, output } = await migrate(file, databaseUrl);
	assert.equal(code, 0, output);
	assert.match(output, /^Continuing an unfinished copy\./);
	const store = await openStore({ databasePath: "", databaseUrl });
	assert.equal((await wholeLog(store, "room 1")).length, 10_000);
	await store.close();
});

test("a target that contains rooms is refused without --replace", async () => {
	await fillWithEverything(file, 10);
	const store = await openStore({ databasePath: "", databaseUrl });
	await store.append([text("theirs", "hello")]);
	const refused = await migrate(file, databaseUrl);
	assert.equal(refused.code, 1);
	assert.match(refused.output, /^postgres:.* already contains rooms\. Add --replace to delete them\.\n$/);
	assert.equal((await wholeLog(store, "theirs")).length, 1);
	const { code, output } = await migrate(file, databaseUrl, "--replace");
	assert.equal(code, 0, output);
	assert.ok(!(await store.rooms(100)).some(({ room }) => room === "theirs"));
	await store.close();
});

test("a copy that differs is reported with its room", async () => {
	await fillWithEverything(file, 10);
	assert.equal((await migrate(file, databaseUrl)).code, 0);
	await server.query(
		databaseUrl,
		`UPDATE hubbub.entries SET body = 'forged' WHERE body = '${FIRST.content.body!.replaceAll("'", "''")}';
		INSERT INTO hubbub.meta VALUES ('copy_of', '${file}')`,
	);
	const { code, output } = await migrate(file, databaseUrl);
	assert.equal(code, 1);
	assert.match(
		output,
		/The room "lobby" differs: 5 entries up to 5, checksum \w+ in the source, 5 entries up to 5, checksum/,
	);
});

test("an invalid command line is refused with the help, and creates no file", async () => {
	// A password in a command line is visible to every user of the machine.
	const withPassword = databaseUrl.replace("@", ":secret@");
	for (const args of [[], [file], [file, file], [file, databaseUrl, "--now"], [file, withPassword]]) {
		const { code, output } = await migrate(...args);
		assert.equal(code, 2, output);
		assert.match(output, /npm run migrate-store -- FROM TO/);
		assert.doesNotMatch(output, /secret/);
	}
	assert.ok(!existsSync(file));
});
