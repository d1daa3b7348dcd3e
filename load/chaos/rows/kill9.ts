import { copyFileSync, existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { ServerProcessOptions } from "../../kit/server-process.ts";
import type { Range, RowRun } from "../../kit/suite/row-run.ts";
import { integrityOf } from "../check/read-store.ts";
import type { ChatProcess } from "../server/chat-process.ts";
import { type ChaosRow, connectUsers, startRowServer, stopAndCheck } from "./row.ts";

const TRAFFIC = { perSecond: 150, chars: [8, 600], maxUnacked: 60 } as const;
/** All users send several messages at once; the process is killed while it writes them. */
const BURST_EACH = 6;
const BURST_MS = [1, 12] as const;
const UPTIME_MS = [20, 500] as const;
/** The share of processes that are killed again while they start. */
const KILLED_AT_START = 0.1;
const START_MS = [0, 400] as const;
const BACK_WITHIN_MS = 30_000;

type KillOptions = {
	server: Partial<ServerProcessOptions>;
	/** The time from the last join to the kill. */
	uptimeMs: Range;
	settleMs?: number;
};

export const kill9: ChaosRow = {
	id: "kill9",
	title: "`kill -9` in mid-write",
	expected: "the database is intact and every guarantee holds",
	rounds: { full: 200, quick: 8 },
	run: (run) => killRepeatedly(run, { server: {}, uptimeMs: UPTIME_MS }),
};

/** Kills a server under load at random moments and starts it again. */
export async function killRepeatedly(run: RowRun, { server: options, uptimeMs, settleMs }: KillOptions): Promise<void> {
	const server = await startRowServer(run, options);
	const users = await connectUsers(run, server, { rooms: 2, perRoom: 4 });
	let unacked = 0;
	users.startSending(TRAFFIC);
	for (const _ of run.eachRound()) {
		run.expect(await users.allJoined(BACK_WITHIN_MS), "Not all users were back.");
		await run.pause(uptimeMs);
		users.sendBurst(run.moments, BURST_EACH, TRAFFIC);
		await run.pause(BURST_MS);
		server.signal("SIGKILL");
		unacked += users.unacked;
		await server.kill();
		const integrity = integrityOfCopy(server, run.folder);
		run.expect(integrity === "ok", `integrity_check after the kill: ${integrity}`);
		if (run.moments.chance(KILLED_AT_START)) {
			server.spawn();
			await run.pause(START_MS);
			await server.kill();
		}
		const acked = run.measure("restart to first ack", BACK_WITHIN_MS, (ms) => users.nextAck(ms));
		await Promise.all([acked, server.start()]);
	}
	await stopAndCheck(run, server, [users], settleMs);
	run.figure("unacked at the kills", String(unacked));
}

/** Checks a copy, because a check would recover the files in place of the server. */
function integrityOfCopy({ databasePath }: ChatProcess, folder: string): string {
	const copy = join(folder, "copy.db");
	for (const part of ["", "-wal"]) if (existsSync(databasePath + part)) copyFileSync(databasePath + part, copy + part);
	try {
		return integrityOf(copy);
	} finally {
		for (const part of ["", "-wal", "-shm"]) rmSync(copy + part, { force: true });
	}
}
