import assert from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { test } from "node:test";
import { upTo, wholeLog } from "../contract/fixture.ts";
import { openStore } from "../open.ts";
import { startAppending } from "../testing/appending-child.ts";
import { openTemporaryStore } from "./testing/temporary-store.ts";

/** Acknowledged messages after which the process is killed, by round. */
const ROUNDS = [1, 7, 60, 230, 500];

test("M1 everything acknowledged before kill -9 is stored, complete and in order", async () => {
	const { store, databasePath, dispose } = await openTemporaryStore();
	await store.close();
	const acked: { room: string; seq: number; body: string }[] = [];
	try {
		for (const [round, count] of ROUNDS.entries()) {
			const child = startAppending({ databasePath }, `round ${round}`);
			await child.reached(count).finally(() => child.kill());
			acked.push(...child.acked);

			const reopened = await openStore({ databasePath });
			const logs = new Map<string, string[]>();
			for (const { room } of await reopened.rooms(10)) {
				const entries = await wholeLog(reopened, room);
				assert.deepEqual(
					entries.map(({ seq }) => seq),
					upTo(entries.length),
				);
				logs.set(
					room,
					entries.map((entry) => (entry.kind === "message" ? (entry.body ?? "") : "")),
				);
			}
			await reopened.close();
			for (const { room, seq, body } of acked) assert.equal(logs.get(room)?.[seq - 1], body);
			assert.equal(integrityOf(databasePath), "ok");
		}
	} finally {
		await dispose();
	}
});

function integrityOf(path: string): unknown {
	const db = new DatabaseSync(path, { readOnly: true });
	try {
		return db.prepare("PRAGMA integrity_check").get()?.integrity_check;
	} finally {
		db.close();
	}
}
