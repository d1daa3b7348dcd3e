import { setTimeout as sleep } from "node:timers/promises";
import { Verdict } from "../check/verdict.ts";
import { within } from "../people/within.ts";
import { duration, spread } from "../report/figures.ts";
import { readMetric } from "../server/metrics.ts";
import type { Row } from "./row.ts";
import { judge, openCrowd, openServer } from "./scene.ts";

const SUSPEND_MS = 5 * 60_000;
const QUICK_SUSPEND_MS = 4_000;
const MESSAGES_PER_S = 40;
const LIFE_MS = { least: 500, most: 1_500 };
const BACK_TIMEOUT_MS = 60_000;
const LOOK_EVERY_MS = 250;
const CONNECTIONS = "hubbub_connections";

export const suspend: Row = {
	id: "suspend",
	title: "suspend (SIGSTOP for 5 minutes; 4 s with --quick)",
	expected: "dead lines dropped, everybody back and resumed",
	rounds: { full: 1, quick: 1 },
	async run(stage) {
		const server = await openServer(stage);
		const crowd = await openCrowd(stage, server, { rooms: 2, perRoom: 4 });
		const moments = stage.random.fork("moments");
		const verdict = new Verdict();
		const ms = stage.quick ? QUICK_SUSPEND_MS : SUSPEND_MS;
		const recoveriesMs: number[] = [];
		crowd.talk(stage.random.fork("talk"), MESSAGES_PER_S, { least: 8, most: 400, unacked: 20 });
		for (let round = 1; round <= stage.rounds; round++) {
			await sleep(moments.between(LIFE_MS.least, LIFE_MS.most));
			server.signal("SIGSTOP");
			stage.say(`round ${round} of ${stage.rounds}: stopped for ${duration(ms)}`);
			await sleep(ms);
			const wokenAt = performance.now();
			server.signal("SIGCONT");
			if (await crowd.caughtUp(BACK_TIMEOUT_MS)) recoveriesMs.push(performance.now() - wokenAt);
			else verdict.complain(`${BACK_TIMEOUT_MS / 1_000} s after round ${round} not everybody was back and acked.`);
		}
		const isSwept = async () => (await readMetric(server.url, CONNECTIONS)) === crowd.people.length;
		if (!(await within(BACK_TIMEOUT_MS, isSwept, LOOK_EVERY_MS)))
			verdict.complain(
				`The server still counts ${await readMetric(server.url, CONNECTIONS)} lines of ${crowd.people.length}.`,
			);
		await judge(server, [crowd], verdict);
		return {
			rounds: stage.rounds,
			verdict,
			figures: { "woken to all back and acked": spread(recoveriesMs), "lines lost": String(crowd.losses.length) },
		};
	},
};
