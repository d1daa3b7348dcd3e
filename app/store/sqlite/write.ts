import type { DatabaseSync } from "node:sqlite";
import type { Append } from "../../room/ports/log.ts";
import { appender } from "./append.ts";
import { roomCreator } from "./create-room.ts";
import { moderation } from "./moderation.ts";
import { retention } from "./retention.ts";
import { logEmptier } from "./write-ahead-log.ts";

/** What the writer's thread can be asked for. Each call is durable when it returns. */
export function writerCalls(db: DatabaseSync) {
	const append = appender(db);
	const createRoom = roomCreator(db);
	const { pruneStep, pruneEmptyStep, hideRoom, clearStep } = retention(db);
	const emptyLog = logEmptier(db);
	const revoke = db.prepare("INSERT INTO revoked_sessions (id, expires_at) VALUES (?, ?) ON CONFLICT (id) DO NOTHING");
	const revoked = db.prepare("SELECT id FROM revoked_sessions");
	const dropExpired = db.prepare("DELETE FROM revoked_sessions WHERE expires_at <= ?");
	const mark = db.prepare(
		"INSERT INTO meta (key, value) VALUES ('pinged_at', ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
	);

	return {
		append(batch: readonly Append[]) {
			const answers = append(batch);
			if (batch.some(({ kind }) => kind === "removal")) emptyLog();
			return answers;
		},
		createRoom: (name: string) => createRoom(name, Date.now()),
		pruneStep,
		pruneEmptyStep,
		hideRoom,
		clearStep,
		emptyLog,
		...moderation(db),
		revokeSession: (id: string, expiresAt: number) => void revoke.run(id, expiresAt),
		/** Those that have expired are dropped: their tokens are void by themselves. */
		revokedSessions(now: number): string[] {
			dropExpired.run(now);
			return revoked.all().map((row) => String(row.id));
		},
		ping: () => void mark.run(String(Date.now())),
		close: () => db.close(),
	};
}

/** By name, what {@link writerCalls} answers. */
export type WriterCalls = ReturnType<typeof writerCalls>;
