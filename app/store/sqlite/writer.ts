import type { DatabaseSync } from "node:sqlite";
import type { Append } from "../../room/ports/log.ts";
import { appender } from "./append.ts";
import { moderationCalls } from "./moderation.ts";
import { retentionCalls } from "./retention.ts";
import { epochRenewer, roomCreator, roomRemover } from "./rooms.ts";
import { sessionCalls } from "./sessions.ts";
import { logEmptier } from "./write-ahead-log.ts";

/** The calls of the writer thread. Each is durable when it returns. */
export function writerCalls(db: DatabaseSync) {
	const append = appender(db);
	const createRoom = roomCreator(db);
	const { emptyLog, emptyLogSoon, finish } = logEmptier(db);
	const mark = db.prepare(
		"INSERT INTO meta (key, value) VALUES ('pinged_at', ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
	);

	return {
		append(batch: readonly Append[]) {
			const results = append(batch);
			if (batch.some(({ kind }) => kind === "removal" || kind === "edit")) emptyLogSoon();
			return results;
		},
		createRoom: (name: string) => createRoom(name, Date.now()),
		renewEpoch: epochRenewer(db),
		...roomRemover(db),
		...retentionCalls(db),
		...sessionCalls(db),
		...moderationCalls(db),
		emptyLog,
		ping: () => void mark.run(String(Date.now())),
		close() {
			finish();
			db.close();
		},
	};
}

export type WriterCalls = ReturnType<typeof writerCalls>;
