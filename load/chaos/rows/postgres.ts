import { setTimeout as sleep } from "node:timers/promises";
import { count } from "../../kit/report.ts";
import { withoutServices } from "../faults/without-services.ts";
import { startCluster } from "../server/chat-cluster.ts";
import { expectNoOtherRefusals, expectRefusals } from "./outage.ts";
import { type ChaosRow, connectUsers, stopAndCheck } from "./row.ts";

const PROCESSES = 2;
const AWAY_MS = 10_000;
const QUICK_AWAY_MS = 2_000;
const BACK_WITHIN_MS = 30_000;

export const postgres: ChaosRow = {
	id: "postgres",
	title: "PostgreSQL crashed for 10 s (2 s with --quick), and its connections terminated; two processes",
	expected: "retryable refusals meanwhile, no ack without a commit, working again by itself",
	rounds: { full: 6, quick: 2 },
	obstacle: withoutServices,
	async run(run) {
		const chat = await startCluster(run, PROCESSES);
		const users = await connectUsers(run, chat, { rooms: 2, perRoom: 5 });
		users.startSending({ perSecond: 80, chars: [8, 400], maxUnacked: 30 });
		for (const round of run.eachRound()) {
			await run.pause([500, 2_000]);
			const isCrash = round % 2 === 1;
			run.progress(isCrash ? "crashed" : "connections terminated");
			if (isCrash) {
				await expectRefusals(run, users, () => chat.postgres.stop("SIGQUIT"));
				await sleep(run.quick ? QUICK_AWAY_MS : AWAY_MS);
				await chat.postgres.resume();
			} else await chat.terminateDatabaseConnections();
			await run.measure("PostgreSQL back to first ack", BACK_WITHIN_MS, (ms) => users.nextAck(ms));
			for (const process of chat.processes) run.expect(process.isRunning, `A process ended:\n${process.tail()}`);
		}
		expectNoOtherRefusals(run, users);
		const lost = users.disconnects.length;
		run.expect(lost === 0, `${lost} connections were lost with the database.`);
		await stopAndCheck(run, chat, [users]);
		run.figure("refused meanwhile", count(users.refused("unavailable")));
	},
};
