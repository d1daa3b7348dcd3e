import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { Worker } from "node:worker_threads";
import type { Account, Field } from "../attacks/attack.ts";

/** An attack that has not come to its end so long after it should have never will. */
const OVERTIME_MS = 60_000;

export type Order = { id: string; seed: string } & Pick<Field, "url" | "room" | "seconds" | "quick">;

/** Lets the attackers loose; resolves with what became of it once their time is over. */
export async function letLoose(order: Order): Promise<Account> {
	const worker = new Worker(new URL("./attacker-thread.ts", import.meta.url), { workerData: order });
	const late = new AbortController();
	try {
		const account = once(worker, "message").then(([message]) => message as Account);
		const lateness = sleep(order.seconds * 1_000 + OVERTIME_MS, undefined, { signal: late.signal }).then(() => {
			throw new Error("The attackers never came to an end.");
		});
		return await Promise.race([account, lateness]);
	} finally {
		late.abort();
		await worker.terminate();
	}
}
