import { setTimeout as sleep } from "node:timers/promises";
import { fetchMetrics, readMetric } from "../../kit/metrics.ts";
import { duration } from "../../kit/report.ts";
import { becomesTrue } from "../../kit/wait-for.ts";
import { Namespace, noNamespace } from "../faults/namespace.ts";
import { type ChaosRow, connectUsers, startRowServer, stopAndCheck } from "./row.ts";

const PER_LINK = 4;
const PARTITION_MS = 60_000;
/** Shorter than the ping timeout: packets in flight arrive late instead. */
const QUICK_PARTITION_MS = 5_000;
/** pingInterval and pingTimeout, and a tolerance for late timers. */
const NOTICED_WITHIN_MS = 25_000 + 20_000 + 3_000;
const BACK_WITHIN_MS = 60_000;
const UPTIME_MS = 1_500;
/** Acks that were in flight at the partition may take this long to be read. */
const IN_FLIGHT_MS = 2_000;
const POLL_MS = 250;
/** Both directions, or one: a half-open connection still delivers what the other side sends. */
const DIRECTIONS = [["in", "out"], ["out"], ["in"]] as const;

export const partition: ChaosRow = {
	id: "partition",
	title: "partition and half-open connection, no FIN (60 s; 5 s with --quick)",
	expected: "noticed within 45 s by both sides; resumed",
	rounds: { full: 3, quick: 1 },
	obstacle: noNamespace,
	async run(run) {
		const network = new Namespace(run.cleanUp);
		const [far, near] = [network.address(0), network.address(1)];
		const server = await startRowServer(run, { under: network.exec, env: { HOST: "0.0.0.0" }, reachedAt: near });
		// One room for both groups: the isolated users miss what the others send.
		const room = { rooms: 1, perRoom: PER_LINK, room: "divided" };
		const isolated = await connectUsers(run, server, { ...room, through: `http://${far}:${server.port}` });
		const others = await connectUsers(run, server, { ...room, name: "other" });
		const noticedByUsers = run.samples("noticed by users");
		const noticedByServer = run.samples("by the server");
		for (const group of [isolated, others]) group.startSending({ perSecond: 10, chars: [8, 200], maxUnacked: 20 });

		for (const round of run.eachRound()) {
			const directions = DIRECTIONS[(round - 1) % DIRECTIONS.length]!;
			await sleep(UPTIME_MS);
			const disconnectsBefore = isolated.disconnects.length;
			const droppedAt = performance.now();
			for (const direction of directions) network.drop(direction);
			const lastsMs = run.quick ? QUICK_PARTITION_MS : PARTITION_MS;
			run.progress(`${directions.join(" and ")} dropped for ${duration(lastsMs)}`);
			const isNoticed = async () => (readMetric(await fetchMetrics(server.url), "hubbub_connections") ?? 0) <= PER_LINK;
			if (await becomesTrue(lastsMs, isNoticed, POLL_MS)) noticedByServer.push(performance.now() - droppedAt);
			await sleep(Math.max(0, droppedAt + lastsMs - performance.now()));
			const restoredAt = performance.now();
			for (const direction of directions) network.restore(direction);
			const acks = isolated.ackedBetween(droppedAt + IN_FLIGHT_MS, restoredAt);
			run.expect(acks === 0, "Acks arrived through the partition: nothing was tested.");
			noticedByUsers.push(...isolated.disconnects.slice(disconnectsBefore).map(({ at }) => at - droppedAt));
			await run.measure("restored to all back and acked", BACK_WITHIN_MS, (ms) => isolated.caughtUp(ms));
		}
		for (const [who, noticed, times] of [
			["Users", noticedByUsers, PER_LINK * run.rounds],
			["The server", noticedByServer, run.rounds],
		] as const) {
			const inTime = noticed.filter((ms) => ms <= NOTICED_WITHIN_MS).length;
			const found = `${who} noticed ${inTime} of ${times} partitions within ${duration(NOTICED_WITHIN_MS)}.`;
			run.expect(run.quick || inTime >= times, found);
		}
		await stopAndCheck(run, server, [isolated, others]);
	},
};
