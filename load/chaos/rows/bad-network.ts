import { setTimeout as sleep } from "node:timers/promises";
import { Verdict } from "../check/verdict.ts";
import { BadNetwork } from "../faults/bad-network.ts";
import { spread } from "../report/figures.ts";
import type { Row } from "./row.ts";
import { judge, openCrowd, openServer } from "./scene.ts";

const ROUND_MS = 10_000;
const MESSAGES_PER_S = 60;

export const badNetwork: Row = {
	id: "bad-network",
	title: "bad network: delay, single bytes, resets",
	expected: "every promise holds",
	rounds: { full: 6, quick: 1 },
	async run(stage) {
		const server = await openServer(stage);
		const network = new BadNetwork(server.url, stage.random.fork("network"));
		stage.cleanUp.add(() => network[Symbol.dispose]());
		const through = await network.listen();
		// Half of them poll first and change over on the way: the worse the network, the more often people do.
		const crowds = [
			await openCrowd(stage, server, { through, rooms: 2, perRoom: 4 }),
			await openCrowd(stage, server, {
				through,
				rooms: 2,
				perRoom: 4,
				name: "poller",
				manners: { transports: ["polling", "websocket"] },
			}),
		];
		for (const [index, crowd] of crowds.entries())
			crowd.talk(stage.random.fork(`talk ${index}`), MESSAGES_PER_S / crowds.length, {
				least: 8,
				most: 400,
				unacked: 20,
			});
		network.isBad = true;
		for (let round = 1; round <= stage.rounds; round++) {
			await sleep(ROUND_MS);
			stage.say(`round ${round} of ${stage.rounds}: ${network.resets} resets so far`);
		}
		for (const crowd of crowds) crowd.hush();
		const { resets } = network;
		network.isBad = false;
		const verdict = await judge(server, crowds, new Verdict());
		if (resets === 0) verdict.complain("No line was reset: nothing was tried.");
		return {
			rounds: stage.rounds,
			verdict,
			figures: {
				resets: String(resets),
				ack: spread(
					crowds.flatMap((crowd) => crowd.ackMs()),
					"p99",
				),
				"back after": spread(
					crowds.flatMap((crowd) => crowd.absencesMs),
					"p99",
				),
			},
		};
	},
};
