import { Verdict } from "../check/verdict.ts";
import { duration, spread } from "../report/figures.ts";
import { readMetric } from "../server/metrics.ts";
import type { Row } from "./row.ts";
import { judge, openCrowd, openServer } from "./scene.ts";

const SOCKETS = 2_000;
const QUICK_SOCKETS = 300;
const PER_ROOM = 50;
const MESSAGES_PER_S = 20;
const BACK_WITHIN_MS = 60_000;
const LONGEST_STALL_MS = 1_000;
/** As the page comes back. */
const MANNERS = { firstReturnMs: 2_000, longestReturnMs: 30_000 };
const LAG = 'hubbub_event_loop_lag_seconds{quantile="1"}';

export const storm: Row = {
	id: "storm",
	title: "reconnect storm: 2,000 sockets, `kill -9` (300 with --quick)",
	expected: "all back within 60 s, no stall over 1 s",
	rounds: { full: 2, quick: 1 },
	async run(stage) {
		const server = await openServer(stage);
		const rooms = (stage.quick ? QUICK_SOCKETS : SOCKETS) / PER_ROOM;
		const crowd = await openCrowd(stage, server, { rooms, perRoom: PER_ROOM, manners: MANNERS });
		const verdict = new Verdict();
		const stallsMs: number[] = [];
		crowd.talk(stage.random.fork("talk"), MESSAGES_PER_S, { least: 8, most: 200 });
		for (let round = 1; round <= stage.rounds; round++) {
			await server.kill();
			await server.start();
			stage.say(`round ${round} of ${stage.rounds}: the server is back, ${crowd.people.length} people follow`);
			if (!(await crowd.allIn(BACK_WITHIN_MS))) {
				const away = crowd.people.filter(({ isIn }) => !isIn).length;
				verdict.complain(`${BACK_WITHIN_MS / 1_000} s after restart ${round}, ${away} people were still away.`);
			}
			// The gauge starts over at each reading: this is the longest since the process began.
			const stallMs = (await readMetric(server.url, LAG)) * 1_000;
			stallsMs.push(stallMs);
			if (stallMs > LONGEST_STALL_MS) verdict.complain(`The event loop stood still for ${duration(stallMs)}.`);
		}
		await judge(server, [crowd], verdict);
		const figures = {
			"back after": spread(crowd.absencesMs, "p99"),
			"last one": duration(Math.max(...crowd.absencesMs)),
			"longest stall": duration(Math.max(...stallsMs)),
		};
		return { rounds: stage.rounds, verdict, figures };
	},
};
