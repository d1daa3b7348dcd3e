/** Runs `task` for 0 to `count - 1`, at most `limit` at a time. After a failure it starts no more, waits, and rejects. */
export async function inParallel(count: number, limit: number, task: (i: number) => Promise<void>): Promise<void> {
	let next = 0;
	async function work(): Promise<void> {
		while (next < count) {
			try {
				await task(next++);
			} catch (error) {
				next = count;
				throw error;
			}
		}
	}
	const results = await Promise.allSettled(Array.from({ length: limit }, work));
	const failure = results.find((result) => result.status === "rejected");
	if (failure) throw failure.reason;
}
