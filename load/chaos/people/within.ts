import { setTimeout as sleep } from "node:timers/promises";

const LOOK_EVERY_MS = 20;

/** Whether it became so within the time, looking again and again. */
export async function within(
	timeoutMs: number,
	isSo: () => boolean | Promise<boolean>,
	lookEveryMs = LOOK_EVERY_MS,
): Promise<boolean> {
	const deadline = performance.now() + timeoutMs;
	while (!(await isSo())) {
		if (performance.now() > deadline) return false;
		await sleep(lookEveryMs);
	}
	return true;
}
