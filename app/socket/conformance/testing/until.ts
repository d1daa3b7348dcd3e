/** Long, because the machine may be busy. */
const TIMEOUT_MS = 15_000;

/** Waits until a condition of the server holds. */
export async function until(isTrue: () => boolean, what: string): Promise<void> {
	for (const deadline = Date.now() + TIMEOUT_MS; !isTrue(); ) {
		if (Date.now() > deadline) throw new Error(`The server never saw ${what}.`);
		await new Promise((resolve) => setTimeout(resolve, 5));
	}
}
