import { setTimeout as sleep } from "node:timers/promises";
import { countInversions } from "../check/read-store.ts";
import { Verdict } from "../check/verdict.ts";
import { noOtherClock, OtherClock } from "../faults/other-clock.ts";
import { spread } from "../report/figures.ts";
import type { Row } from "./row.ts";
import { judge, openCrowd, openServer } from "./scene.ts";

const STEPS = ["+3600", "-3600", "+0", "+7200", "-60"] as const;
const MESSAGES_PER_S = 60;
const LIFE_MS = { least: 500, most: 2_500 };
const BACK_TIMEOUT_MS = 60_000;

export const clockStep: Row = {
	id: "clock-step",
	title: "the clock is set, by an hour either way",
	expected: "order by `seq`, whatever the clock says",
	rounds: { full: 10, quick: 2 },
	obstacle: noOtherClock,
	async run(stage) {
		const clock = new OtherClock(stage.folder);
		const server = await openServer(stage, { env: clock.env });
		const crowd = await openCrowd(stage, server, { rooms: 2, perRoom: 4 });
		const moments = stage.random.fork("moments");
		const verdict = new Verdict();
		crowd.talk(stage.random.fork("talk"), MESSAGES_PER_S, { least: 8, most: 400 });
		let last: string = "+0";
		for (let round = 1; round <= stage.rounds; round++) {
			await sleep(moments.between(LIFE_MS.least, LIFE_MS.most));
			last = moments.pick(STEPS.filter((step) => step !== last));
			clock.set(last);
			stage.say(`round ${round} of ${stage.rounds}: ${last} s`);
			if (!(await crowd.caughtUp(BACK_TIMEOUT_MS))) verdict.complain(`After step ${round} people were not answered.`);
		}
		await sleep(LIFE_MS.most);
		await judge(server, [crowd], verdict);
		const inversions = countInversions(server.databasePath);
		if (inversions === 0 && crowd.losses.length === 0)
			verdict.complain("The server took no notice of its clock: nothing was tried.");
		return {
			rounds: stage.rounds,
			verdict,
			figures: {
				"times that go back in the log": String(inversions),
				"lines cut": String(crowd.losses.length),
				ack: spread(crowd.ackMs(), "p99"),
			},
		};
	},
};
