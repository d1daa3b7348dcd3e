import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { Worker } from "node:worker_threads";
import type { AttackCounts, AttackTask } from "../attacks/attack-run.ts";

/** An attack that takes this much longer than asked for hangs. */
const OVERTIME_MS = 60_000;

/** Runs the attackers in a thread. Resolves with their counts when their time is over. */
export async function startAttackers(task: AttackTask): Promise<AttackCounts> {
	const worker = new Worker(new URL("./attackers-thread.ts", import.meta.url), { workerData: task });
	const ended = new AbortController();
	try {
		const counts = once(worker, "message").then(([message]) => message as AttackCounts);
		const overtime = sleep(task.seconds * 1_000 + OVERTIME_MS, undefined, { signal: ended.signal }).then(() => {
			throw new Error("The attackers did not come to an end.");
		});
		return await Promise.race([counts, overtime]);
	} finally {
		ended.abort();
		await worker.terminate();
	}
}
