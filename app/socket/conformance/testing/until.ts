/** A wait that takes this long has failed, however busy the machine is. */
const PATIENCE_MS = 15_000;

/** Waits until the server has come to know of something. */
export async function until(isTrue: () => boolean, what: string): Promise<void> {
	for (const deadline = Date.now() + PATIENCE_MS; !isTrue(); ) {
		if (Date.now() > deadline) throw new Error(`The server never saw ${what}.`);
		await new Promise((resolve) => setTimeout(resolve, 5));
	}
}
