import { setTimeout as sleep } from "node:timers/promises";
import { spread } from "../../kit/report.ts";
import { FaultyProxy } from "../faults/faulty-proxy.ts";
import { type ChaosRow, connectUsers, startRowServer, stopAndCheck } from "./row.ts";

const ROUND_MS = 10_000;

export const badNetwork: ChaosRow = {
	id: "bad-network",
	title: "bad network: delay, single bytes, resets",
	expected: "every guarantee holds",
	rounds: { full: 6, quick: 1 },
	async run(run) {
		const server = await startRowServer(run);
		const proxy = await FaultyProxy.open(server.url, run.random.fork("network"));
		run.cleanUp.add(() => proxy[Symbol.dispose]());
		const at = { through: proxy.url, rooms: 2, perRoom: 4 };
		// Half of the users start with polling and upgrade: the worse a network, the more clients do.
		const reconnection = { transports: ["polling", "websocket"] as const };
		const groups = [
			await connectUsers(run, server, at),
			await connectUsers(run, server, { ...at, name: "poller", reconnection }),
		];
		for (const group of groups) group.startSending({ perSecond: 30, chars: [8, 400], maxUnacked: 20 });
		proxy.isFaulty = true;
		for (const _ of run.eachRound()) {
			await sleep(ROUND_MS);
			run.progress(`${proxy.resets} resets so far`);
		}
		for (const group of groups) group.stopSending();
		const { resets } = proxy;
		proxy.isFaulty = false;
		await stopAndCheck(run, server, groups);
		run.expect(resets > 0, "No connection was reset: nothing was tested.");
		run.figure("resets", String(resets));
		run.figure(
			"ack",
			spread(
				groups.flatMap((group) => group.ackMs()),
				"p99",
			),
		);
		run.figure(
			"back after",
			spread(
				groups.flatMap((group) => group.reconnectsMs),
				"p99",
			),
		);
	},
};
