import { setTimeout as sleep } from "node:timers/promises";
import { count, spread } from "../../kit/report.ts";
import { withoutServices } from "../faults/without-services.ts";
import { startCluster } from "../server/chat-cluster.ts";
import { settled } from "../users/user-group.ts";
import { type ChaosRow, connectUsers, stopAndCheck } from "./row.ts";

const PROCESSES = 3;
const AWAY_MS = 30_000;
const QUICK_AWAY_MS = 4_000;
const ACK_WITHIN_MS = 5_000;
const SETTLED_WITHIN_MS = 30_000;

export const redis: ChaosRow = {
	id: "redis",
	title: "Redis killed, and stopped, for 30 s each (4 s with --quick); three processes",
	expected: "sends go on, no connection is lost, and every gap is filled from the store",
	rounds: { full: 4, quick: 2 },
	obstacle: withoutServices,
	async run(run) {
		const chat = await startCluster(run, PROCESSES);
		const users = await connectUsers(run, chat, { rooms: 2, perRoom: 6 });
		for (const round of run.eachRound()) {
			users.startSending({ perSecond: 80, chars: [8, 400] });
			await run.pause([500, 2_000]);
			const isKill = round % 2 === 1;
			run.progress(isKill ? "killed" : "stopped");
			if (isKill) await chat.redis.kill();
			else chat.redis.signal("SIGSTOP");
			const before = users.disconnects.length;
			await sleep(run.quick ? QUICK_AWAY_MS : AWAY_MS);
			run.expect(await users.nextAck(ACK_WITHIN_MS), "No message was acked while Redis was away.");
			const lost = users.disconnects.length - before;
			run.expect(lost === 0, `${lost} connections were lost with Redis.`);
			if (isKill) await chat.redis.resume();
			else chat.redis.signal("SIGCONT");
			users.stopSending();
			await run.measure("Redis back to everything received", SETTLED_WITHIN_MS, (ms) => settled(users.users, ms));
		}
		const recovered = await chat.recovered();
		run.expect(recovered > 0, "No entry had to be recovered: nothing was tested.");
		await stopAndCheck(run, chat, [users]);
		run.figure("entries recovered from the store", count(recovered));
		run.figure("ack", spread(users.ackMs(), "p99"));
	},
};
