import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { test } from "node:test";
import { removal, text, upTo } from "../contract/fixture.ts";
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
		assert.deepEqual([...marksIn(databasePath)].sort(), kept.map(markOf));
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
		const left = marksIn(databasePath);
		assert.ok(!left.has(markOf(1)) && !left.has(markOf(24)) && left.has(markOf(2)));
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
		await store.append([text("lobby", "meanwhile")]);
		assert.equal(marksIn(databasePath).size, 1);
		reader.exec("COMMIT");
		while (marksIn(databasePath).size > 0) await new Promise((resolve) => setTimeout(resolve, 50));
	} finally {
		reader.close();
		await dispose();
	}
});
