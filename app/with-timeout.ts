import type { Clock } from "./room/ports/clock.ts";

const timers: Pick<Clock, "after"> = {
	after(ms, task) {
		const timer = setTimeout(task, ms);
		return () => clearTimeout(timer);
	},
};

/** Returns the result of `work`, or undefined if `work` rejects or takes longer than `ms`. Never rejects. */
export function withTimeout<T>(
	work: Promise<T>,
	ms: number,
	clock: Pick<Clock, "after"> = timers,
): Promise<T | undefined> {
	return new Promise((resolve) => {
		const cancel = clock.after(ms, () => resolve(undefined));
		function settle(result?: T): void {
			cancel();
			resolve(result);
		}
		work.then(settle, () => settle());
	});
}
