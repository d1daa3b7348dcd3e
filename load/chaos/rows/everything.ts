import { setTimeout as sleep } from "node:timers/promises";
import { count } from "../../kit/report.ts";
import { withoutServices } from "../faults/without-services.ts";
import { startCluster } from "../server/chat-cluster.ts";
import { settled } from "../users/user-group.ts";
import { type ChaosRow, connectUsers, stopAndCheck } from "./row.ts";

const PROCESSES = 3;
const AWAY_MS = { redis: 30_000, postgres: 3_000, process: 2_000 };
const QUICK_AWAY_MS = { redis: 3_000, postgres: 1_000, process: 500 };
const SETTLED_WITHIN_MS = 60_000;

export const everything: ChaosRow = {
	id: "everything",
	title: "one of three processes by `kill -9`, Redis killed for 30 s, PostgreSQL crashed: all at once",
	expected: "every acked message reaches every member, on whatever process",
	rounds: { full: 6, quick: 1 },
	obstacle: withoutServices,
	async run(run) {
		const chat = await startCluster(run, PROCESSES);
		const { redis, postgres } = chat;
		const users = await connectUsers(run, chat, { rooms: 3, perRoom: 6 });
		const awayMs = run.quick ? QUICK_AWAY_MS : AWAY_MS;
		let recovered = 0;
		for (const _ of run.eachRound()) {
			users.startSending({ perSecond: 80, chars: [8, 400], maxUnacked: 30 });
			const victim = run.moments.pick(chat.processes);
			const failFor = async (ms: number, fail: () => Promise<void>) => {
				await run.pause([200, 1_500]);
				await fail();
				await sleep(ms);
			};
			await Promise.all([
				failFor(awayMs.redis, () => redis.kill()).then(() => redis.resume()),
				failFor(awayMs.process, () => victim.kill()),
				failFor(awayMs.postgres, () => postgres.stop("SIGQUIT")).then(() => postgres.resume()),
			]);
			// A process does not start without its database: a supervisor would start it again until it does.
			await victim.start();
			users.stopSending();
			await run.measure("all back to everything received", SETTLED_WITHIN_MS, (ms) => settled(users.users, ms));
			recovered = Math.max(recovered, await chat.recovered());
		}
		await stopAndCheck(run, chat, [users]);
		run.figure("entries recovered from the store", `at least ${count(recovered)}`);
		run.figure("connections lost", String(users.disconnects.length));
	},
};
