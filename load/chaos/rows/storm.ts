import { fetchMetrics, readMetric } from "../../kit/metrics.ts";
import { duration, spread } from "../../kit/report.ts";
import { type ChaosRow, connectUsers, startRowServer, stopAndCheck } from "./row.ts";

const SOCKETS = 2_000;
const QUICK_SOCKETS = 300;
const PER_ROOM = 50;
const BACK_WITHIN_MS = 60_000;
const MAX_STALL_MS = 1_000;
/** As the page reconnects. */
const RECONNECTION = { firstMs: 2_000, longestMs: 30_000 };

export const reconnectStorm: ChaosRow = {
	id: "storm",
	title: "reconnect storm: 2,000 sockets, `kill -9` (300 with --quick)",
	expected: "all back within 60 s, no stall over 1 s",
	rounds: { full: 2, quick: 1 },
	async run(run) {
		const server = await startRowServer(run);
		const rooms = (run.quick ? QUICK_SOCKETS : SOCKETS) / PER_ROOM;
		const users = await connectUsers(run, server, { rooms, perRoom: PER_ROOM, reconnection: RECONNECTION });
		const stallsMs: number[] = [];
		users.startSending({ perSecond: 20, chars: [8, 200] });
		for (const _ of run.eachRound()) {
			await server.kill();
			await server.start();
			run.progress(`the server is back, ${users.users.length} users follow`);
			const areBack = await users.allJoined(BACK_WITHIN_MS);
			const away = users.users.filter(({ isJoined }) => !isJoined).length;
			run.expect(areBack, `${away} users were still away ${BACK_WITHIN_MS / 1_000} s after the restart.`);
			// A reading resets the gauge: this is the longest stall since the process started.
			const lagS = readMetric(await fetchMetrics(server.url), "hubbub_event_loop_lag_seconds", 'quantile="1"') ?? 0;
			stallsMs.push(lagS * 1_000);
			run.expect(lagS * 1_000 <= MAX_STALL_MS, `The event loop stalled for ${duration(lagS * 1_000)}.`);
		}
		await stopAndCheck(run, server, [users]);
		run.figure("back after", spread(users.reconnectsMs, "p99"));
		run.figure("last one", duration(Math.max(...users.reconnectsMs)));
		run.figure("longest stall", duration(Math.max(...stallsMs)));
	},
};
