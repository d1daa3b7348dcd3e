import { setTimeout as sleep } from "node:timers/promises";

const TIMEOUT_MS = 15_000;
const POLL_MS = 20;

type Falsy = undefined | null | false;
type Waiting = { timeoutMs?: number; pollMs?: number };

/**
 * Polls `condition` and resolves with its first result that is not undefined, null or false. Rejects after `timeoutMs`
 * with an error that names `what`, and with whatever the condition throws.
 */
export async function waitFor<T>(
	what: string,
	condition: () => T | Falsy | Promise<T | Falsy>,
	{ timeoutMs = TIMEOUT_MS, pollMs = POLL_MS }: Waiting = {},
): Promise<T> {
	const deadline = performance.now() + timeoutMs;
	for (;;) {
		const result = await condition();
		if (result !== undefined && result !== null && result !== false) return result;
		if (performance.now() > deadline) throw new Error(`Waited ${timeoutMs / 1_000} s for ${what}.`);
		await sleep(pollMs);
	}
}

/** Resolves with whether `condition` became true within `timeoutMs`. */
export async function becomesTrue(
	timeoutMs: number,
	condition: () => boolean | Promise<boolean>,
	pollMs = POLL_MS,
): Promise<boolean> {
	const deadline = performance.now() + timeoutMs;
	while (!(await condition())) {
		if (performance.now() > deadline) return false;
		await sleep(pollMs);
	}
	return true;
}
