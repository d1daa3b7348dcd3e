import { setTimeout as sleep } from "node:timers/promises";
import { Verdict } from "../check/verdict.ts";
import { Namespace, noNamespace } from "../faults/namespace.ts";
import { within } from "../people/within.ts";
import { duration, spread } from "../report/figures.ts";
import { readMetric } from "../server/metrics.ts";
import type { Row } from "./row.ts";
import { judge, openCrowd, openServer } from "./scene.ts";

const PER_CABLE = 4;
const MESSAGES_PER_S = 20;
const PARTITION_MS = 60_000;
/** Too short to be noticed; what was under way arrives late instead. */
const QUICK_PARTITION_MS = 5_000;
/** pingInterval and pingTimeout, and something for timers that are late. */
const NOTICED_WITHIN_MS = 25_000 + 20_000 + 3_000;
const BACK_WITHIN_MS = 60_000;
const LIFE_MS = 1_500;
/** What had come through before the cut may take so long to be seen. */
const ON_ITS_WAY_MS = 2_000;
const LOOK_EVERY_MS = 250;
/** Both ways, or one: a half-open line still brings what the other side says. */
const WAYS = [["in", "out"], ["out"], ["in"]] as const;
const CONNECTIONS = "hubbub_connections";

export const partition: Row = {
	id: "partition",
	title: "partition and half-open line, no FIN (60 s; 5 s with --quick)",
	expected: "noticed within 45 s by both sides; resumed",
	rounds: { full: 3, quick: 1 },
	obstacle: noNamespace,
	async run(stage) {
		const network = new Namespace(stage.cleanUp);
		const server = await openServer(stage, { by: network.by, host: "0.0.0.0", at: network.address(1) });
		const far = network.address(0);
		const { port } = new URL(server.url);
		// One room for both: what those who are cut off miss is what the others say.
		const room = { rooms: 1, perRoom: PER_CABLE };
		const cutOff = await openCrowd(stage, server, { ...room, through: `http://${far}:${port}`, room: "divided" });
		const others = await openCrowd(stage, server, { ...room, name: "other", room: "divided" });
		const verdict = new Verdict();
		const byPeopleMs: number[] = [];
		const byServerMs: number[] = [];
		const resumedMs: number[] = [];
		for (const [index, crowd] of [cutOff, others].entries())
			crowd.talk(stage.random.fork(`talk ${index}`), MESSAGES_PER_S / 2, { least: 8, most: 200, unacked: 20 });

		for (let round = 0; round < stage.rounds; round++) {
			const ways = WAYS[round % WAYS.length]!;
			await sleep(LIFE_MS);
			const lossesBefore = cutOff.losses.length;
			const cutAt = performance.now();
			for (const way of ways) network.cut(way);
			const lasts = stage.quick ? QUICK_PARTITION_MS : PARTITION_MS;
			stage.say(`round ${round + 1} of ${stage.rounds}: ${ways.join(" and ")} cut for ${duration(lasts)}`);
			const isNoticed = async () => (await readMetric(server.url, CONNECTIONS)) <= PER_CABLE;
			if (await within(lasts, isNoticed, LOOK_EVERY_MS)) byServerMs.push(performance.now() - cutAt);
			await sleep(Math.max(0, cutAt + lasts - performance.now()));
			const mendedAt = performance.now();
			for (const way of ways) network.mend(way);
			if (cutOff.ackedBetween(cutAt + ON_ITS_WAY_MS, mendedAt) > 0)
				verdict.complain(`In round ${round + 1} acks came over the cut cable: nothing was tried.`);
			byPeopleMs.push(...cutOff.losses.slice(lossesBefore).map(({ at }) => at - cutAt));
			if (await cutOff.caughtUp(BACK_WITHIN_MS)) resumedMs.push(performance.now() - mendedAt);
			else
				verdict.complain(`After round ${round + 1} not everybody was back and answered within ${BACK_WITHIN_MS} ms.`);
		}
		if (!stage.quick) {
			requireNoticed(verdict, "people", byPeopleMs, PER_CABLE * stage.rounds);
			requireNoticed(verdict, "the server", byServerMs, stage.rounds);
		}
		await judge(server, [cutOff, others], verdict);
		const figures = {
			"noticed by people": spread(byPeopleMs),
			"by the server": spread(byServerMs),
			"mended to all back and acked": spread(resumedMs),
		};
		return { rounds: stage.rounds, verdict, figures };
	},
};

function requireNoticed(verdict: Verdict, who: string, noticedMs: readonly number[], times: number): void {
	const inTime = noticedMs.filter((ms) => ms <= NOTICED_WITHIN_MS).length;
	if (inTime < times)
		verdict.complain(`${who} noticed ${inTime} of ${times} times within ${duration(NOTICED_WITHIN_MS)}.`);
}
