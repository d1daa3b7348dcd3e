import { setTimeout as sleep } from "node:timers/promises";
import { Verdict } from "../check/verdict.ts";
import { spread } from "../report/figures.ts";
import type { Row } from "./row.ts";
import { judge, openCrowd, openServer } from "./scene.ts";

const MESSAGES_PER_S = 100;
const LIFE_MS = { least: 500, most: 2_500 };
const BACK_TIMEOUT_MS = 30_000;
/** An orderly end takes at most this, whatever hangs. */
const DRAIN_MS = 8_000;

export const restart: Row = {
	id: "restart",
	title: "restart by SIGTERM under load",
	expected: "it drains, exits with 0, and every promise holds",
	rounds: { full: 20, quick: 2 },
	async run(stage) {
		const server = await openServer(stage);
		const crowd = await openCrowd(stage, server, { rooms: 2, perRoom: 5 });
		const moments = stage.random.fork("moments");
		const verdict = new Verdict();
		const drainsMs: number[] = [];
		const gapsMs: number[] = [];
		crowd.talk(stage.random.fork("talk"), MESSAGES_PER_S, { least: 8, most: 400 });

		for (let round = 1; round <= stage.rounds; round++) {
			if (!(await crowd.allIn(BACK_TIMEOUT_MS))) verdict.complain(`Before round ${round} not everybody was back.`);
			await sleep(moments.between(LIFE_MS.least, LIFE_MS.most));
			const askedAt = performance.now();
			const code = await server.end();
			const drainMs = performance.now() - askedAt;
			drainsMs.push(drainMs);
			if (code !== 0) verdict.complain(`In round ${round} the server ended with the exit code ${code}.`);
			if (drainMs > DRAIN_MS) verdict.complain(`In round ${round} the drain took longer than ${DRAIN_MS} ms.`);
			const acked = crowd.nextAck(BACK_TIMEOUT_MS);
			await server.start();
			if ((await acked) === undefined) verdict.complain(`After round ${round} nothing was acked.`);
			gapsMs.push(performance.now() - askedAt);
			stage.say(`round ${round} of ${stage.rounds}`);
		}
		await judge(server, [crowd], verdict);
		const figures = {
			drain: spread(drainsMs),
			"SIGTERM to first ack": spread(gapsMs),
			"back in the room after": spread(crowd.absencesMs, "p99"),
		};
		return { rounds: stage.rounds, verdict, figures };
	},
};
