import type { DatabaseSync } from "node:sqlite";
import type { Append } from "../../room/ports/log.ts";
import { appender } from "./append.ts";
import { capacityCalls } from "./capacity.ts";
import { fileCalls } from "./files.ts";
import { invitationCalls } from "./invitations.ts";
import { moderationCalls } from "./moderation.ts";
import { passkeyCalls } from "./passkeys.ts";
import { peopleCalls } from "./people.ts";
import { privateRoomCreator } from "./private-rooms.ts";
import { readMarkCalls } from "./read-marks.ts";
import { reportCalls } from "./reports.ts";
import { retentionCalls } from "./retention.ts";
import { epochRenewer, roomCreator, roomRemover } from "./rooms.ts";
import { sessionCalls } from "./sessions.ts";
import { shrinker } from "./shrink.ts";
import { userCalls } from "./users.ts";
import { logEmptier } from "./write-ahead-log.ts";

/** The calls of the writer thread. Each is durable when it returns. */
export function writerCalls(db: DatabaseSync) {
	const append = appender(db);
	const createRoom = roomCreator(db);
	const { emptyLog, emptyLogSoon, finish } = logEmptier(db);
	const files = fileCalls(db);
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
		createPrivateRoom: privateRoomCreator(db),
		...roomRemover(db),
		...readMarkCalls(db),
		...retentionCalls(db),
		...sessionCalls(db),
		...moderationCalls(db),
		...peopleCalls(db),
		...invitationCalls(db),
		...reportCalls(db),
		...capacityCalls(db),
		...passkeyCalls(db),
		...userCalls(db),
		...files,
		expireFiles(storedBefore: number, uploadedBefore: number): void {
			files.expireFiles(storedBefore, uploadedBefore);
			emptyLogSoon();
		},
		shrinkStep: shrinker(db),
		emptyLog,
		ping: () => void mark.run(String(Date.now())),
		close() {
			finish();
			db.close();
		},
	};
}

export type WriterCalls = ReturnType<typeof writerCalls>;
