import { spread } from "../../kit/report.ts";
import { withoutServices } from "../faults/without-services.ts";
import { startCluster } from "../server/chat-cluster.ts";
import { type ChaosRow, connectUsers, startRowServer, stopAndCheck } from "./row.ts";

const BACK_WITHIN_MS = 30_000;
/** The most that an orderly shutdown takes, whatever hangs. */
const DRAIN_MS = 8_000;

export const restart: ChaosRow = {
	id: "restart",
	title: "restart by SIGTERM under load",
	expected: "the server drains and exits with 0, and every guarantee holds",
	rounds: { full: 20, quick: 2 },
	async run(run) {
		const server = await startRowServer(run);
		const users = await connectUsers(run, server, { rooms: 2, perRoom: 5 });
		const drains = run.samples("drain");
		const restarts = run.samples("SIGTERM to first ack");
		users.startSending({ perSecond: 100, chars: [8, 400] });
		for (const _ of run.eachRound()) {
			run.expect(await users.allJoined(BACK_WITHIN_MS), "Not all users were back.");
			await run.pause([500, 2_500]);
			const stoppedAt = performance.now();
			const code = await server.stop();
			const drainMs = performance.now() - stoppedAt;
			drains.push(drainMs);
			run.expect(code === 0, `The server ended with exit code ${code}.`);
			run.expect(drainMs <= DRAIN_MS, `The drain took longer than ${DRAIN_MS} ms.`);
			const acked = users.nextAck(BACK_WITHIN_MS);
			await server.start();
			run.expect(await acked, "No message was acked after the restart.");
			restarts.push(performance.now() - stoppedAt);
		}
		await stopAndCheck(run, server, [users]);
		run.figure("back in the room after", spread(users.reconnectsMs, "p99"));
	},
};

const PROCESSES = 2;
const DEPLOYED_WITHIN_MS = 60_000;

export const rollingDeploy: ChaosRow = {
	id: "rolling-deploy",
	title: "rolling deploy: two processes behind a balancer, SIGTERM in turn",
	expected: "every guarantee holds, and one process always answers",
	rounds: { full: 10, quick: 2 },
	obstacle: withoutServices,
	async run(run) {
		const chat = await startCluster(run, PROCESSES);
		const users = await connectUsers(run, chat, { rooms: 2, perRoom: 6 });
		const gaps = run.samples("one process gone to the next ack");
		users.startSending({ perSecond: 80, chars: [8, 400] });
		for (const round of run.eachRound()) {
			await run.pause([500, 2_000]);
			const process = chat.processes[round % PROCESSES]!;
			const code = await process.stop();
			run.expect(code === 0, `A process ended with exit code ${code}.`);
			const goneAt = performance.now();
			if (await users.nextAck(DEPLOYED_WITHIN_MS)) gaps.push(performance.now() - goneAt);
			await process.start();
			run.expect(await users.allJoined(DEPLOYED_WITHIN_MS), "Not all users were back after the restart.");
		}
		await stopAndCheck(run, chat, [users]);
		run.figure("back in the room after", spread(users.reconnectsMs, "p99"));
	},
};
