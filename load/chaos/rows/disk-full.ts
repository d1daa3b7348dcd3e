import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Verdict } from "../check/verdict.ts";
import { mountSmallDisk, noSmallDisk } from "../faults/small-disk.ts";
import { spread } from "../report/figures.ts";
import { complainOfOtherRefusals, surviveOutage } from "./outage.ts";
import type { Row } from "./row.ts";
import { judge, openCrowd, openServer } from "./scene.ts";

const DISK_BYTES = 16 * 1_048_576;
const LEFT_BYTES = { least: 0, most: 65_536 };
const MESSAGES_PER_S = 60;
const LIFE_MS = { least: 300, most: 1_500 };
const FULL_MS = { least: 500, most: 2_500 };

export const diskFull: Row = {
	id: "disk-full",
	title: "disk full",
	expected: "refused with `unavailable`, alive, readable, well again by itself",
	rounds: { full: 10, quick: 2 },
	obstacle: noSmallDisk,
	async run(stage) {
		const disk = mountSmallDisk(stage, DISK_BYTES);
		const server = await openServer(stage, { databasePath: join(disk.path, "hubbub.db") });
		const crowd = await openCrowd(stage, server, { rooms: 2, perRoom: 4 });
		const moments = stage.random.fork("moments");
		const verdict = new Verdict();
		const recoveriesMs: number[] = [];
		crowd.talk(stage.random.fork("talk"), MESSAGES_PER_S, { least: 100, most: 3_500, unacked: 20 });
		for (let round = 1; round <= stage.rounds; round++) {
			await sleep(moments.between(LIFE_MS.least, LIFE_MS.most));
			const fail = () => disk.fill(moments.between(LEFT_BYTES.least, LEFT_BYTES.most));
			const failMs = moments.between(FULL_MS.least, FULL_MS.most);
			const recoveryMs = await surviveOutage(server, crowd, { fail, mend: disk.empty, failMs, isDead: false }, verdict);
			if (recoveryMs !== undefined) recoveriesMs.push(recoveryMs);
			stage.say(`round ${round} of ${stage.rounds}`);
		}
		complainOfOtherRefusals(crowd, verdict);
		await judge(server, [crowd], verdict);
		const refusals = (crowd.refusals.get("unavailable") ?? 0).toLocaleString("en");
		return { rounds: stage.rounds, verdict, figures: { "space to first ack": spread(recoveriesMs), refusals } };
	},
};
