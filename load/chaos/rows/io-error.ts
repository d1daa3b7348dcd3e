import { setTimeout as sleep } from "node:timers/promises";
import { Verdict } from "../check/verdict.ts";
import { failCalls, noStrace } from "../faults/failing-calls.ts";
import { spread } from "../report/figures.ts";
import { complainOfOtherRefusals, surviveOutage } from "./outage.ts";
import type { Row } from "./row.ts";
import { judge, openCrowd, openServer } from "./scene.ts";

const MESSAGES_PER_S = 60;
const LIFE_MS = { least: 300, most: 1_500 };
const BROKEN_MS = { least: 300, most: 2_000 };
/** What a disk that breaks may fail in: syncing, writing, or both. */
const FAILING_CALLS = ["fdatasync,fsync", "pwrite64", "pwrite64,fdatasync,fsync"] as const;

export const ioError: Row = {
	id: "io-error",
	title: "I/O error",
	expected: "refused with `unavailable`, alive, readable, well again by itself",
	rounds: { full: 12, quick: 3 },
	obstacle: noStrace,
	async run(stage) {
		const server = await openServer(stage);
		const crowd = await openCrowd(stage, server, { rooms: 2, perRoom: 4 });
		const moments = stage.random.fork("moments");
		const verdict = new Verdict();
		const recoveriesMs: number[] = [];
		crowd.talk(stage.random.fork("talk"), MESSAGES_PER_S, { least: 8, most: 1_500, unacked: 20 });
		for (let round = 1; round <= stage.rounds; round++) {
			await sleep(moments.between(LIFE_MS.least, LIFE_MS.most));
			const calls = moments.pick(FAILING_CALLS);
			const failMs = moments.between(BROKEN_MS.least, BROKEN_MS.most);
			let makeWell: (() => Promise<void>) | undefined;
			const disk = {
				async fail() {
					makeWell = await failCalls(stage, server.pid, server.databasePath, calls);
				},
				mend: () => makeWell?.(),
				failMs,
				isDead: true,
			};
			const recoveryMs = await surviveOutage(server, crowd, disk, verdict);
			if (recoveryMs !== undefined) recoveriesMs.push(recoveryMs);
			stage.say(`round ${round} of ${stage.rounds}: ${calls}`);
		}
		complainOfOtherRefusals(crowd, verdict);
		await judge(server, [crowd], verdict);
		const refusals = (crowd.refusals.get("unavailable") ?? 0).toLocaleString("en");
		return { rounds: stage.rounds, verdict, figures: { "well to first ack": spread(recoveriesMs), refusals } };
	},
};
