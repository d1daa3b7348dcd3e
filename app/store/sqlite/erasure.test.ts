import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { ADA, edit, removal, removalBy, text, upTo } from "../contract/fixture.ts";
import { openTemporaryStore } from "./testing/temporary-store.ts";

/** Returns a text that can be found in the bytes of the file and occurs in no other message. */
const markOf = (number: number) => `mark${String(number).padStart(6, "0")}kram`;
const LENGTHS = [0, 40, 300, 700, 3_900, 9_000];

function messages(count: number) {
	return upTo(count).map((number) =>
		text(`room ${number % 23}`, markOf(number) + "y".repeat(LENGTHS[number % LENGTHS.length]!)),
	);
}

/** Returns the marks that occur in the bytes of the database file and its write-ahead log. */
function marksIn(databasePath: string): Set<string> {
	const files = [databasePath, `${databasePath}-wal`].filter((file) => existsSync(file));
	const bytes = files.map((file) => readFileSync(file, "latin1")).join("");
	return new Set(bytes.match(/mark\d{6}kram/g));
}

/** Waits until the files have the marks of these numbers and no others: about a second after the last change, on a slow disk. */
async function untilErased(databasePath: string, kept: readonly number[], timeoutMs = 5_000): Promise<void> {
	const deadline = performance.now() + timeoutMs;
	while (marksIn(databasePath).size > kept.length && performance.now() < deadline) await pause(50);
	assert.deepEqual([...marksIn(databasePath)].sort(), kept.map(markOf).sort());
}

test("M6 a removed text is in no byte of the file", async () => {
	const { store, databasePath, dispose } = await openTemporaryStore();
	try {
		const batch = messages(3_000);
		for (let at = 0; at < batch.length; at += 100) await store.append(batch.slice(at, at + 100));
		assert.equal(marksIn(databasePath).size, 3_000);

		const isRemoved = (number: number) => number % 3 === 0;
		const removals = [];
		const seqs = new Map<string, number>();
		for (const [index, { room }] of batch.entries()) {
			const seq = (seqs.get(room) ?? 0) + 1;
			seqs.set(room, seq);
			if (isRemoved(index + 1)) removals.push(removal(room, seq));
		}
		for (let at = 0; at < removals.length; at += 50) await store.append(removals.slice(at, at + 50));
		const kept = upTo(3_000).filter((number) => !isRemoved(number));
		await untilErased(databasePath, kept);
	} finally {
		await dispose();
	}
});

test("M6 the text of a removed room and of pruned entries is in no byte of the file", async () => {
	const { store, databasePath, dispose } = await openTemporaryStore();
	try {
		await store.append(messages(400));
		await store.append([text("attic", markOf(500_000), { createdAt: 9_000 })]);
		await store.removeRoom("room 1");
		// Removed at once, and erased in the background.
		const isLeft = (number: number) => marksIn(databasePath).has(markOf(number));
		for (const deadline = Date.now() + 10_000; isLeft(1) || isLeft(24); await pause(20))
			assert.ok(Date.now() < deadline);
		assert.ok(isLeft(2));
		await store.prune(8_000);
		assert.deepEqual([...marksIn(databasePath)], [markOf(500_000)]);
	} finally {
		await dispose();
	}
});

test("M6 a concurrent reader delays the erasure, and no commit", async () => {
	const { store, databasePath, dispose } = await openTemporaryStore();
	const reader = new DatabaseSync(databasePath, { readOnly: true });
	try {
		await store.append([text("lobby", markOf(1))]);
		reader.exec("BEGIN");
		reader.prepare("SELECT count(*) FROM entries").get();
		await store.append([removal("lobby", 1)]);
		await pause(500);
		await store.append([text("lobby", "meanwhile")]);
		assert.equal(marksIn(databasePath).size, 1);
		reader.exec("COMMIT");
		await untilErased(databasePath, [], 10_000);
	} finally {
		reader.close();
		await dispose();
	}
});

test("M6 texts that were edited away, and the edits of removed and of pruned messages, are in no byte of the file", async () => {
	const { store, databasePath, dispose } = await openTemporaryStore();
	try {
		const lengthened = (number: number) => markOf(number) + "z".repeat(LENGTHS[(number * 7) % LENGTHS.length]!);
		await store.append(messages(690));
		const seqOf = (number: number) => Math.ceil(number / 23);
		const inRoom = (number: number) => `room ${number % 23}`;
		const edited = upTo(690).filter((number) => number % 2 === 0);
		for (const round of [1, 2])
			for (let at = 0; at < edited.length; at += 50)
				await store.append(
					edited
						.slice(at, at + 50)
						.map((number) => edit(inRoom(number), seqOf(number), lengthened(1_000 * round + number))),
				);
		const current = (number: number) => (number % 2 === 0 ? 2_000 + number : number);
		await untilErased(databasePath, upTo(690).map(current));
		const removed = upTo(690).filter((number) => number % 5 === 0);
		await store.append(removed.map((number) => removalBy(ADA, inRoom(number), seqOf(number))));
		const kept = upTo(690).filter((number) => number % 5 !== 0);
		await untilErased(databasePath, kept.map(current));
		assert.equal(await store.prune(2_500), 690, "the messages and not their edits, which are younger");
		await untilErased(databasePath, []);
		await store.append([text("attic", markOf(1)), edit("attic", 1, markOf(2)), edit("attic", 1, markOf(3))]);
		await store.close();
		assert.deepEqual([...marksIn(databasePath)], [markOf(3)], "also when the store is closed at once");
	} finally {
		await dispose();
	}
});
