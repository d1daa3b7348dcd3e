import { copyFileSync, existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { integrityOf } from "../check/read-store.ts";
import { Verdict } from "../check/verdict.ts";
import { spread } from "../report/figures.ts";
import type { ChatProcess, ChatProcessOptions } from "../server/chat-process.ts";
import type { Outcome, Row, Stage } from "./row.ts";
import { judge, openCrowd, openServer } from "./scene.ts";

const MESSAGES_PER_S = 150;
const TEXTS = { least: 8, most: 600, unacked: 60 };
/** Everybody says several things at once, and while these are written the end comes. */
const BURST_EACH = 6;
const BURST_MS = { least: 1, most: 12 };
const LIFE_MS = { least: 20, most: 500 };
/** So many of the processes are killed again while they start. */
const KILLED_AT_START = 0.1;
const START_MS = { least: 0, most: 400 };
const BACK_TIMEOUT_MS = 30_000;

type Victim = {
	server: Partial<ChatProcessOptions>;
	/** How long it may live once everybody is in. */
	lifeMs: { least: number; most: number };
	/** How long is waited for the end of it all, if not as long as usual. */
	settleMs?: number;
};

export const kill9: Row = {
	id: "kill9",
	title: "`kill -9` in mid-write",
	expected: "the database is whole and every promise holds",
	rounds: { full: 200, quick: 8 },
	run: async (stage) => await killAgainAndAgain(stage, { server: {}, lifeMs: LIFE_MS }),
};

/** Kills a server under load at random moments and starts it again. */
export async function killAgainAndAgain(stage: Stage, { server: options, lifeMs, settleMs }: Victim): Promise<Outcome> {
	const server = await openServer(stage, options);
	const crowd = await openCrowd(stage, server, { rooms: 2, perRoom: 4 });
	const moments = stage.random.fork("moments");
	const verdict = new Verdict();
	const untilAckMs: number[] = [];
	let underWay = 0;
	crowd.talk(stage.random.fork("talk"), MESSAGES_PER_S, TEXTS);

	for (let round = 1; round <= stage.rounds; round++) {
		if (!(await crowd.allIn(BACK_TIMEOUT_MS))) verdict.complain(`Before round ${round} not everybody was back.`);
		await sleep(moments.between(lifeMs.least, lifeMs.most));
		crowd.burst(moments, BURST_EACH, TEXTS);
		await sleep(moments.between(BURST_MS.least, BURST_MS.most));
		server.signal("SIGKILL");
		underWay += crowd.unacked;
		await server.kill();
		const integrity = integrityOfCopy(server, stage.folder);
		if (integrity !== "ok") verdict.complain(`After round ${round}, integrity_check: ${integrity}`);
		if (moments.chance(KILLED_AT_START)) {
			server.spawn();
			await sleep(moments.between(START_MS.least, START_MS.most));
			await server.kill();
		}
		const acked = crowd.nextAck(BACK_TIMEOUT_MS);
		await server.start();
		const ms = await acked;
		if (ms === undefined) verdict.complain(`After round ${round} nothing was acked for ${BACK_TIMEOUT_MS / 1_000} s.`);
		else untilAckMs.push(ms);
		stage.say(`round ${round} of ${stage.rounds}`);
	}
	await judge(server, [crowd], verdict, settleMs);
	const figures = { "restart to first ack": spread(untilAckMs), "under way at the kills": String(underWay) };
	return { rounds: stage.rounds, verdict, figures };
}

/** Looks at a copy: what the crash has left is for the server itself to put in order. */
function integrityOfCopy({ databasePath }: ChatProcess, folder: string): string {
	const copy = join(folder, "copy.db");
	for (const part of ["", "-wal"]) if (existsSync(databasePath + part)) copyFileSync(databasePath + part, copy + part);
	try {
		return integrityOf(copy);
	} finally {
		for (const part of ["", "-wal", "-shm"]) rmSync(copy + part, { force: true });
	}
}
