import { setTimeout as sleep } from "node:timers/promises";
import { fetchMetrics, readMetric } from "../../kit/metrics.ts";
import { duration } from "../../kit/report.ts";
import { becomesTrue } from "../../kit/wait-for.ts";
import { type ChaosRow, connectUsers, startRowServer, stopAndCheck } from "./row.ts";

const SUSPEND_MS = 5 * 60_000;
const QUICK_SUSPEND_MS = 4_000;
const BACK_WITHIN_MS = 60_000;
const POLL_MS = 250;

export const suspend: ChaosRow = {
	id: "suspend",
	title: "suspend (SIGSTOP for 5 minutes; 4 s with --quick)",
	expected: "dead connections closed, all users back and resumed",
	rounds: { full: 1, quick: 1 },
	async run(run) {
		const server = await startRowServer(run);
		const users = await connectUsers(run, server, { rooms: 2, perRoom: 4 });
		const ms = run.quick ? QUICK_SUSPEND_MS : SUSPEND_MS;
		users.startSending({ perSecond: 40, chars: [8, 400], maxUnacked: 20 });
		for (const _ of run.eachRound()) {
			await run.pause([500, 1_500]);
			server.signal("SIGSTOP");
			run.progress(`stopped for ${duration(ms)}`);
			await sleep(ms);
			server.signal("SIGCONT");
			await run.measure("resumed to all back and acked", BACK_WITHIN_MS, (ms) => users.caughtUp(ms));
		}
		let connections = 0;
		const areClosed = async () => {
			connections = readMetric(await fetchMetrics(server.url), "hubbub_connections") ?? 0;
			return connections === users.users.length;
		};
		const isExact = await becomesTrue(BACK_WITHIN_MS, areClosed, POLL_MS);
		run.expect(isExact, `The server still counts ${connections} connections of ${users.users.length} users.`);
		await stopAndCheck(run, server, [users]);
		run.figure("connections lost", String(users.disconnects.length));
	},
};
