/** Runs `task` for 0 to `count - 1`, at most `limit` at a time. Rejects with the first failure once all that run have ended. */
export async function inParallel(count: number, limit: number, task: (i: number) => Promise<void>): Promise<void> {
	let next = 0;
	let failed = false;
	async function work(): Promise<void> {
		while (next < count && !failed) {
			try {
				await task(next++);
			} catch (error) {
				failed = true;
				throw error;
			}
		}
	}
	const results = await Promise.allSettled(Array.from({ length: Math.min(limit, count) }, work));
	const failure = results.find((result) => result.status === "rejected");
	if (failure) throw failure.reason;
}
