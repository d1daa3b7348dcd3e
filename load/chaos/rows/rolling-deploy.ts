import { setTimeout as sleep } from "node:timers/promises";
import { Verdict } from "../check/verdict.ts";
import { withoutServices } from "../faults/without-services.ts";
import { spread } from "../report/figures.ts";
import { ChatOfProcesses } from "../server/chat-of-processes.ts";
import type { Row } from "./row.ts";
import { judge, openCrowd } from "./scene.ts";

const PROCESSES = 2;
const MESSAGES_PER_S = 80;
const LIFE_MS = { least: 500, most: 2_000 };
const BACK_TIMEOUT_MS = 60_000;

export const rollingDeploy: Row = {
	id: "rolling-deploy",
	title: "rolling deploy: two processes behind a balancer, SIGTERM in turn",
	expected: "every promise holds, and there is always one that answers",
	rounds: { full: 10, quick: 2 },
	obstacle: withoutServices,
	async run(stage) {
		const chat = await ChatOfProcesses.open(stage, PROCESSES);
		const crowd = await openCrowd(stage, chat, { rooms: 2, perRoom: 6 });
		const moments = stage.random.fork("moments");
		const verdict = new Verdict();
		const gapsMs: number[] = [];
		crowd.talk(stage.random.fork("talk"), MESSAGES_PER_S, { least: 8, most: 400 });
		for (let round = 1; round <= stage.rounds; round++) {
			await sleep(moments.between(LIFE_MS.least, LIFE_MS.most));
			const process = chat.processes[round % PROCESSES]!;
			stage.say(`round ${round} of ${stage.rounds}`);
			const code = await process.end();
			if (code !== 0) verdict.complain(`In round ${round} a process ended with the exit code ${code}.`);
			const gapMs = await crowd.nextAck(BACK_TIMEOUT_MS);
			if (gapMs !== undefined) gapsMs.push(gapMs);
			await process.start();
			if (!(await crowd.allIn(BACK_TIMEOUT_MS))) verdict.complain(`After round ${round} not everybody was back.`);
		}
		await judge(chat, [crowd], verdict);
		const figures = {
			"one process gone to the next ack": spread(gapsMs),
			"back in the room after": spread(crowd.absencesMs, "p99"),
		};
		return { rounds: stage.rounds, verdict, figures };
	},
};
