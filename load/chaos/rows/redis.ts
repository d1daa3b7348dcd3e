import { setTimeout as sleep } from "node:timers/promises";
import { Verdict } from "../check/verdict.ts";
import { withoutServices } from "../faults/without-services.ts";
import { settled } from "../people/settled.ts";
import { spread } from "../report/figures.ts";
import { ChatOfProcesses } from "../server/chat-of-processes.ts";
import type { Row } from "./row.ts";
import { judge, openCrowd } from "./scene.ts";

const PROCESSES = 3;
const AWAY_MS = 30_000;
const QUICK_AWAY_MS = 4_000;
const MESSAGES_PER_S = 80;
const TEXTS = { least: 8, most: 400 };
const LIFE_MS = { least: 500, most: 2_000 };
const ACK_WITHIN_MS = 5_000;
const HEALED_WITHIN_MS = 30_000;

export const redis: Row = {
	id: "redis",
	title: "Redis killed, and stopped, for 30 s each (4 s with --quick); three processes",
	expected: "everybody goes on, no line is lost, and every hole is healed from the store",
	rounds: { full: 4, quick: 2 },
	obstacle: withoutServices,
	async run(stage) {
		const chat = await ChatOfProcesses.open(stage, PROCESSES);
		const crowd = await openCrowd(stage, chat, { rooms: 2, perRoom: 6 });
		const moments = stage.random.fork("moments");
		const talk = stage.random.fork("talk");
		const verdict = new Verdict();
		const healsMs: number[] = [];
		for (let round = 1; round <= stage.rounds; round++) {
			crowd.talk(talk, MESSAGES_PER_S, TEXTS);
			await sleep(moments.between(LIFE_MS.least, LIFE_MS.most));
			const isKill = round % 2 === 1;
			stage.say(`round ${round} of ${stage.rounds}: ${isKill ? "killed" : "stopped"}`);
			if (isKill) await chat.redis.kill();
			else chat.redis.signal("SIGSTOP");
			const lines = crowd.losses.length;
			await sleep(stage.quick ? QUICK_AWAY_MS : AWAY_MS);
			if ((await crowd.nextAck(ACK_WITHIN_MS)) === undefined)
				verdict.complain(`In round ${round} nothing was acked while Redis was away.`);
			if (crowd.losses.length > lines)
				verdict.complain(`In round ${round} ${crowd.losses.length - lines} lines were lost with Redis.`);
			if (isKill) await chat.redis.resume();
			else chat.redis.signal("SIGCONT");
			const backAt = performance.now();
			crowd.hush();
			if (await settled(crowd.people, HEALED_WITHIN_MS)) healsMs.push(performance.now() - backAt);
			else verdict.complain(`${HEALED_WITHIN_MS / 1_000} s after round ${round} not everybody had seen everything.`);
		}
		const healed = await chat.healed();
		if (healed === 0) verdict.complain("Nothing had to be healed: nothing was tried.");
		await judge(chat, [crowd], verdict);
		const figures = {
			"Redis back to everybody having seen everything": spread(healsMs),
			"entries healed from the store": healed.toLocaleString("en"),
			ack: spread(crowd.ackMs(), "p99"),
		};
		return { rounds: stage.rounds, verdict, figures };
	},
};
