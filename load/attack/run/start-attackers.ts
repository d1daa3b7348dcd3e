import { once } from "node:events";
import { Worker } from "node:worker_threads";
import type { AttackCounts, AttackTask } from "../attacks/attack-run.ts";

/** An attack that takes this much longer than asked for hangs. */
const OVERTIME_MS = 60_000;

const POLL_MS = 50;

/** Runs the attackers in a thread. Resolves with their counts when their time is over, or `isDone` returns true. */
export async function startAttackers(task: AttackTask, isDone: () => boolean): Promise<AttackCounts> {
	const worker = new Worker(new URL("./attackers-thread.ts", import.meta.url), { workerData: task });
	const poll = setInterval(() => {
		if (!isDone()) return;
		clearInterval(poll);
		worker.postMessage("end");
	}, POLL_MS);
	const overtime = AbortSignal.timeout(task.seconds * 1_000 + OVERTIME_MS);
	try {
		const [counts] = await once(worker, "message", { signal: overtime });
		return counts;
	} catch (error) {
		throw overtime.aborted ? new Error("The attackers did not come to an end.") : error;
	} finally {
		clearInterval(poll);
		await worker.terminate();
	}
}
