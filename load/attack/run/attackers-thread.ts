/** The thread of the attackers: their work must not delay the bystanders, who run in the main thread. */
import { parentPort, workerData } from "node:worker_threads";
import { ATTACKS } from "../attacks/all.ts";
import { AttackRun, type AttackTask } from "../attacks/attack-run.ts";

const task = workerData as AttackTask;
const run = new AttackRun(task);
// The only message: the attack has reached its end before its time is over.
parentPort!.once("message", () => run.end());
await ATTACKS.find(({ id }) => id === task.id)!.run(run);
parentPort!.postMessage(run.counts);
// Requests that are still in flight do not matter any more.
process.exit();
