import { setTimeout as sleep } from "node:timers/promises";
import { Verdict } from "../check/verdict.ts";
import { withoutServices } from "../faults/without-services.ts";
import { within } from "../people/within.ts";
import { spread } from "../report/figures.ts";
import { ChatOfProcesses } from "../server/chat-of-processes.ts";
import { complainOfOtherRefusals } from "./outage.ts";
import type { Row } from "./row.ts";
import { judge, openCrowd } from "./scene.ts";

const PROCESSES = 2;
const AWAY_MS = 10_000;
const QUICK_AWAY_MS = 2_000;
const MESSAGES_PER_S = 80;
const LIFE_MS = { least: 500, most: 2_000 };
const REFUSED_WITHIN_MS = 30_000;
const BACK_WITHIN_MS = 30_000;

export const postgres: Row = {
	id: "postgres",
	title: "PostgreSQL crashed for 10 s (2 s with --quick), and its connections cut; two processes",
	expected: "refused retryably meanwhile, no ack without a commit, well again by itself",
	rounds: { full: 6, quick: 2 },
	obstacle: withoutServices,
	async run(stage) {
		const chat = await ChatOfProcesses.open(stage, PROCESSES);
		const crowd = await openCrowd(stage, chat, { rooms: 2, perRoom: 5 });
		const moments = stage.random.fork("moments");
		const verdict = new Verdict();
		const recoveriesMs: number[] = [];
		crowd.talk(stage.random.fork("talk"), MESSAGES_PER_S, { least: 8, most: 400, unacked: 30 });
		for (let round = 1; round <= stage.rounds; round++) {
			await sleep(moments.between(LIFE_MS.least, LIFE_MS.most));
			const isCrash = round % 2 === 1;
			stage.say(`round ${round} of ${stage.rounds}: ${isCrash ? "crashed" : "connections cut"}`);
			if (isCrash) {
				const before = crowd.refusals.get("unavailable") ?? 0;
				await chat.postgres.stop("SIGQUIT");
				if (!(await within(REFUSED_WITHIN_MS, () => (crowd.refusals.get("unavailable") ?? 0) > before)))
					verdict.complain(`In round ${round} PostgreSQL was away, and nothing was refused.`);
				await sleep(stage.quick ? QUICK_AWAY_MS : AWAY_MS);
				await chat.postgres.resume();
			} else await chat.cutFromDatabase();
			const ms = await crowd.nextAck(BACK_WITHIN_MS);
			if (ms === undefined) verdict.complain(`${BACK_WITHIN_MS / 1_000} s after round ${round} nothing was acked.`);
			else recoveriesMs.push(ms);
			for (const process of chat.processes)
				if (!process.isRunning) verdict.complain(`A process did not survive round ${round}:\n${process.said()}`);
		}
		complainOfOtherRefusals(crowd, verdict);
		const lines = crowd.losses.length;
		if (lines > 0) verdict.complain(`${lines} lines were lost with the database.`);
		await judge(chat, [crowd], verdict);
		const figures = {
			"PostgreSQL back to first ack": spread(recoveriesMs),
			"refused meanwhile": (crowd.refusals.get("unavailable") ?? 0).toLocaleString("en"),
		};
		return { rounds: stage.rounds, verdict, figures };
	},
};
