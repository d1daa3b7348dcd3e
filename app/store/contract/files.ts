import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import type { FileInfo } from "../../protocol/file.ts";
import type { FileBounds } from "../../room/ports/files.ts";
import type { Store } from "../../room/ports/store.ts";
import {
	ADA,
	BEN,
	edit,
	MISSING,
	messageAt,
	type OpenForTest,
	removal,
	removalBy,
	storeTest,
	text,
	wholeLog,
} from "./fixture.ts";

const NO_BOUNDS: FileBounds = { allBytes: 0, dayBytes: 0 };
const DAY_MS = 24 * 60 * 60 * 1_000;
const NOW = 10 * DAY_MS;
const NO_FILE = [{ outcome: "refused", reason: "no_file" }];

const newId = () => randomBytes(16).toString("hex");

export function fileInfo(id = newId(), rest: Partial<FileInfo> = {}): FileInfo {
	return { id, name: 'größe "1".png', type: "image/png", bytes: 100, width: 3, height: 2, alt: "a fox 🦊", ...rest };
}

type Upload = { room?: string; userId?: string; bytes?: number; createdAt?: number; bounds?: FileBounds };

function reserve(store: Store, id: string, { bounds = NO_BOUNDS, ...place }: Upload = {}) {
	return store.reserveFile({ id, room: "lobby", userId: ADA.id, bytes: 100, createdAt: NOW, ...place }, bounds);
}

/** Stores a file that a message may have. */
async function stored(store: Store, place: Upload = {}, rest: Partial<FileInfo> = {}): Promise<FileInfo> {
	const info = fileInfo(newId(), rest);
	assert.equal(await reserve(store, info.id, place), "reserved");
	assert.equal(await store.storeFile(info), true);
	return info;
}

export function filesContract(name: string, open: OpenForTest): void {
	storeTest(
		name,
		"F3 a message has its files, in their order, wherever it is read",
		open,
		async ({ store, reopen }) => {
			await store.append([text("lobby", "before")]);
			const files = [await stored(store), await stored(store, {}, { name: "b", alt: "second" }), await stored(store)];
			const ids = files.map(({ id }) => id);
			const sent = text("lobby", "", { files: ids, createdAt: 9 });
			const [outcome] = await store.append([sent]);
			const message = { seq: 2, author: ADA, createdAt: 9, files, body: "" };
			assert.deepEqual(outcome, { outcome: "appended", entry: { kind: "message", ...message } });
			const reply = await stored(store);
			const [inThread] = await store.append([text("lobby", "re", { reply: 1, files: [reply.id] })]);
			assert.ok(inThread?.outcome === "appended" && inThread.entry.kind === "message");
			assert.deepEqual([inThread.entry.root, inThread.entry.files], [1, [reply]]);
			await store.append([edit("lobby", 2, "with a text")]);

			const reopened = await reopen();
			const current = { ...message, body: "with a text", rev: 4, editedAt: 3_000 };
			assert.deepEqual(await messageAt(reopened, "lobby", 2), current);
			assert.deepEqual((await reopened.open("lobby", 10, 10)).messages[1], current);
			assert.deepEqual((await reopened.around("lobby", { seq: 2, limit: 3 })).messages[1], current);
			assert.deepEqual((await reopened.history("lobby", { root: 1, limit: 5 })).messages[1]?.files, [reply]);
			const log = await wholeLog(reopened, "lobby");
			assert.deepEqual(log[1], { kind: "message", ...message, body: "with a text" });
			assert.deepEqual((await reopened.open("lobby", 10)).entries, log);
			for (const info of [...files, reply])
				assert.deepEqual(await reopened.file(info.id), { info, room: "lobby", userId: ADA.id, isBound: true });
		},
	);

	storeTest(name, "F3 a repeated message with files is the first one", open, async ({ store }) => {
		await store.open("lobby", 0);
		const { id } = await stored(store);
		const sent = text("lobby", "look", { files: [id], createdAt: 7 });
		const repeated = { outcome: "repeated", seq: 1, createdAt: 7 };
		assert.deepEqual((await store.append([sent, sent]))[1], repeated);
		assert.deepEqual(await store.append([sent]), [repeated]);
		await store.append([removal("lobby", 1)]);
		assert.deepEqual(await store.append([sent]), [repeated]);
		assert.equal((await wholeLog(store, "lobby")).length, 2);
	});

	storeTest(
		name,
		"F3 only the uploader's own files of the room, of no other message, are bound",
		open,
		async ({ store }) => {
			await store.open("lobby", 0);
			await store.open("attic", 0);
			const own = await stored(store);
			const uploading = newId();
			await reserve(store, uploading);
			const refused = [
				[(await stored(store, { userId: BEN.id })).id],
				[(await stored(store, { room: "attic" })).id],
				[newId()],
				[uploading],
				[own.id, newId()],
			];
			for (const files of refused) assert.deepEqual(await store.append([text("lobby", "x", { files })]), NO_FILE);
			assert.equal((await store.open("lobby", 0)).seq, 0);
			const twice = await store.append([
				text("lobby", "1", { files: [own.id] }),
				text("lobby", "2", { files: [own.id] }),
			]);
			assert.deepEqual([twice[0]?.outcome, twice[1]], ["appended", NO_FILE[0]]);
			assert.deepEqual(
				await store.append([text("lobby", "x", { reply: 9, files: [(await stored(store)).id] })]),
				MISSING,
			);
			assert.equal((await store.open("lobby", 0)).seq, 1);
		},
	);

	storeTest(name, "F5 a removed message has no files, and their contents are to be deleted", open, async (under) => {
		const { store, reopen } = under;
		await store.open("lobby", 0);
		const [byAuthor, byAdmin, kept] = [await stored(store), await stored(store), await stored(store)];
		for (const { id } of [byAuthor, byAdmin, kept]) await store.append([text("lobby", "x", { files: [id] })]);
		await store.append([removalBy(ADA, "lobby", 1), removal("lobby", 2)]);
		const reopened = await reopen();
		assert.deepEqual((await reopened.removedFiles(10)).sort(), [byAuthor.id, byAdmin.id].sort());
		assert.equal((await reopened.removedFiles(1)).length, 1);
		assert.deepEqual(await reopened.knownFiles([byAuthor.id, kept.id, newId()]), [kept.id]);
		assert.equal(await reopened.file(byAuthor.id), undefined);
		assert.ok(!JSON.stringify(await wholeLog(reopened, "lobby")).includes(byAuthor.id));
		await reopened.forgetFiles([byAuthor.id, byAdmin.id, kept.id], 0);
		assert.deepEqual(await reopened.removedFiles(10), []);
		assert.deepEqual((await reopened.file(kept.id))?.info, kept);
		assert.deepEqual(await reopened.storedFiles("", 10), [kept.id]);
	});

	storeTest(name, "F5 files of removed rooms and of pruned messages are removed", open, async ({ store }) => {
		for (const room of ["lobby", "attic"]) await store.open(room, 0);
		const bound = async (room: string, createdAt: number) => {
			const info = await stored(store, { room });
			await store.append([text(room, "x", { files: [info.id], createdAt })]);
			return info.id;
		};
		const [old, young, inAttic] = [
			await bound("lobby", 1_000),
			await bound("lobby", 9_000),
			await bound("attic", 9_000),
		];
		const unbound = (await stored(store, { room: "attic" })).id;
		const uploading = newId();
		await reserve(store, uploading, { room: "attic" });
		await store.prune(5_000);
		await store.removeRoom("attic");
		for (const id of [old, inAttic, unbound]) assert.equal(await store.file(id), undefined);
		assert.equal(await store.storeFile(fileInfo(uploading)), false, "the room was removed during the upload");
		await store.expireFiles(0, 0);
		assert.deepEqual((await store.removedFiles(10)).sort(), [old, inAttic, unbound, uploading].sort());
		assert.equal((await store.file(young))?.isBound, true);
	});

	storeTest(name, "F5 files that no message has are removed when they are old", open, async ({ store }) => {
		await store.open("lobby", 0);
		const [old, young] = [await stored(store), await stored(store, { createdAt: NOW + 5 })];
		const [hung, running] = [newId(), newId()];
		await reserve(store, hung);
		await reserve(store, running, { createdAt: NOW + 5 });
		await store.expireFiles(NOW + 1, NOW + 1);
		assert.deepEqual((await store.removedFiles(10)).sort(), [old.id, hung].sort());
		assert.equal(await store.storeFile(fileInfo(hung)), false);
		assert.equal(await store.storeFile(fileInfo(running)), true);
		assert.equal((await store.file(young.id))?.isBound, false);
	});

	storeTest(name, "F2 parallel uploads can't exceed the bytes of all files", open, async ({ store }) => {
		await store.open("lobby", 0);
		assert.equal(await reserve(store, newId(), { room: "nowhere" }), "missing");
		const bounds = { allBytes: 1_000, dayBytes: 0 };
		const ids = Array.from({ length: 20 }, newId);
		const results = await Promise.all(ids.map((id, n) => reserve(store, id, { bounds, userId: `user ${n}` })));
		assert.equal(results.filter((result) => result === "reserved").length, 10);
		assert.equal(results.filter((result) => result === "full").length, 10);
		const [first] = ids.filter((_, n) => results[n] === "reserved") as [string];
		await store.storeFile(fileInfo(first, { bytes: 40 }));
		assert.equal(await reserve(store, newId(), { bounds, bytes: 61 }), "full");
		assert.equal(await reserve(store, newId(), { bounds, bytes: 60 }), "reserved");
	});

	storeTest(
		name,
		"F2 a person's uploads count for a day, also those that broke off or were removed",
		open,
		async ({ store }) => {
			await store.open("lobby", 0);
			const bounds = { allBytes: 0, dayBytes: 300 };
			const results = await Promise.all(Array.from({ length: 9 }, () => reserve(store, newId(), { bounds })));
			assert.equal(results.filter((result) => result === "reserved").length, 3);
			assert.ok(results.every((result) => result === "reserved" || result === "spent"));
			assert.equal(await reserve(store, newId(), { bounds, userId: BEN.id }), "reserved");
			const broken = newId();
			const later = { bounds, createdAt: NOW + DAY_MS + 1 };
			assert.equal(await reserve(store, broken, { ...later, bytes: 300 }), "reserved");
			await store.releaseFile(broken, 120);
			await store.forgetFiles(await store.removedFiles(10), NOW);
			assert.deepEqual(await store.removedFiles(10), []);
			assert.equal(await reserve(store, newId(), { ...later, bytes: 181 }), "spent");
			assert.equal(await reserve(store, newId(), { ...later, bytes: 180 }), "reserved");
			await store.forgetFiles([], later.createdAt + 1);
			assert.equal(await reserve(store, newId(), { ...later, bytes: 120 }), "reserved");
		},
	);
}
