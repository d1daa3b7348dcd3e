import { setTimeout as sleep } from "node:timers/promises";
import { Verdict } from "../check/verdict.ts";
import { deafen } from "../faults/deafen.ts";
import { within } from "../people/within.ts";
import { mebibytes, spread } from "../report/figures.ts";
import { readMetric } from "../server/metrics.ts";
import type { Row } from "./row.ts";
import { judge, openCrowd, openServer } from "./scene.ts";

const CALM_MS = 2_000;
const MESSAGES_PER_S = 250;
const BODY_CHARS = { least: 3_500, most: 3_900 };
/** The system's own buffers fill up before the server's do: some ten megabytes a line. */
const CUT_WITHIN_MS = 60_000;
/** Reading the metrics costs the server a little. */
const LOOK_EVERY_MS = 200;
const CUT = 'hubbub_disconnects_total{reason="slow_reader"}';
const RSS = "hubbub_process_resident_memory_bytes";

export const slowReader: Row = {
	id: "slow-reader",
	title: "readers that do not read, but answer pings",
	expected: "cut at the byte cap; back, and told what they missed",
	rounds: { full: 3, quick: 1 },
	async run(stage) {
		const server = await openServer(stage);
		// All of them are in one room: what the deaf ones don't read is what the others say.
		const crowd = await openCrowd(stage, server, { rooms: 1, perRoom: 8 });
		const verdict = new Verdict();
		const moments = stage.random.fork("moments");
		crowd.talk(stage.random.fork("talk"), MESSAGES_PER_S, { ...BODY_CHARS, unacked: 10 });
		const begunAt = performance.now();
		await sleep(CALM_MS);
		const calmMs = crowd.ackMs(begunAt);
		let peakBytes = await readMetric(server.url, RSS);
		const cutAfterMs: number[] = [];
		const besideMs: number[] = [];
		for (let round = 1; round <= stage.rounds; round++) {
			const before = await readMetric(server.url, CUT);
			const deaf = new Set([moments.pick(crowd.people), moments.pick(crowd.people)]);
			const startedAt = performance.now();
			const cut = [...deaf].map((person) => person.line!);
			const deafened = cut.map((line) => deafen(line));
			const allCut = async () => {
				peakBytes = Math.max(peakBytes, await readMetric(server.url, RSS));
				stage.say(`round ${round} of ${stage.rounds}: ${mebibytes(peakBytes)}`);
				return (await readMetric(server.url, CUT)) - before >= deaf.size;
			};
			if (await within(CUT_WITHIN_MS, allCut, LOOK_EVERY_MS)) cutAfterMs.push(performance.now() - startedAt);
			else verdict.complain(`In round ${round} not all were cut within ${CUT_WITHIN_MS / 1_000} s.`);
			besideMs.push(...crowd.ackMs(startedAt, performance.now(), deaf));
			for (const line of deafened) line.listenAgain();
			// They first read what was on its way, and only then that they were cut.
			const areBack = () => [...deaf].every((person, index) => person.isIn && person.line !== cut[index]);
			if (!(await within(CUT_WITHIN_MS, areBack))) throw new Error("Not everybody came back after they were cut.");
		}
		await judge(server, [crowd], verdict);
		return {
			rounds: stage.rounds,
			verdict,
			figures: {
				"all cut after": spread(cutAfterMs),
				"the others' ack": spread(besideMs, "p99"),
				"in calm": spread(calmMs, "p99"),
				"peak RSS": mebibytes(peakBytes),
			},
		};
	},
};
