import { setTimeout as sleep } from "node:timers/promises";
import { Verdict } from "../check/verdict.ts";
import { withoutServices } from "../faults/without-services.ts";
import { settled } from "../people/settled.ts";
import { spread } from "../report/figures.ts";
import { ChatOfProcesses } from "../server/chat-of-processes.ts";
import type { Row } from "./row.ts";
import { judge, openCrowd } from "./scene.ts";

const PROCESSES = 3;
const AWAY_MS = { redis: 30_000, postgres: 3_000, process: 2_000 };
const QUICK_AWAY_MS = { redis: 3_000, postgres: 1_000, process: 500 };
const MESSAGES_PER_S = 80;
const LIFE_MS = { least: 200, most: 1_500 };
const TEXTS = { least: 8, most: 400, unacked: 30 };
const HEALED_WITHIN_MS = 60_000;

export const everything: Row = {
	id: "everything",
	title: "one of three processes by `kill -9`, Redis killed for 30 s, PostgreSQL crashed: all at once",
	expected: "every acked message is at every member, on whatever process",
	rounds: { full: 6, quick: 1 },
	obstacle: withoutServices,
	async run(stage) {
		const chat = await ChatOfProcesses.open(stage, PROCESSES);
		const crowd = await openCrowd(stage, chat, { rooms: 3, perRoom: 6 });
		const moments = stage.random.fork("moments");
		const talk = stage.random.fork("talk");
		const verdict = new Verdict();
		const awayMs = stage.quick ? QUICK_AWAY_MS : AWAY_MS;
		const healsMs: number[] = [];
		let healed = 0;
		const pause = () => sleep(moments.between(LIFE_MS.least, LIFE_MS.most));
		for (let round = 1; round <= stage.rounds; round++) {
			stage.say(`round ${round} of ${stage.rounds}`);
			crowd.talk(talk, MESSAGES_PER_S, TEXTS);
			const victim = moments.pick(chat.processes);
			await Promise.all([
				pause().then(async () => {
					await chat.redis.kill();
					await sleep(awayMs.redis);
					await chat.redis.resume();
				}),
				pause().then(async () => {
					await victim.kill();
					await sleep(awayMs.process);
				}),
				pause().then(async () => {
					await chat.postgres.stop("SIGQUIT");
					await sleep(awayMs.postgres);
					await chat.postgres.resume();
				}),
			]);
			// It would not start while its database is away, and would be started again until it does.
			await victim.start();
			const wellAt = performance.now();
			crowd.hush();
			if (await settled(crowd.people, HEALED_WITHIN_MS)) healsMs.push(performance.now() - wellAt);
			else verdict.complain(`${HEALED_WITHIN_MS / 1_000} s after round ${round} not everybody had seen everything.`);
			healed = Math.max(healed, await chat.healed());
		}
		await judge(chat, [crowd], verdict);
		const figures = {
			"all well to everybody having seen everything": spread(healsMs),
			"entries healed from the store": `at least ${healed.toLocaleString("en")}`,
			"lines lost": String(crowd.losses.length),
		};
		return { rounds: stage.rounds, verdict, figures };
	},
};
