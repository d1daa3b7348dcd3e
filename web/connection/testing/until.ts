/** Long enough for a machine that is busy with other tests; a wait that takes this long has failed. */
const PATIENCE_MS = 20_000;

/** Waits until `isSo`; `what` says in the failure what never came. */
export async function until(isSo: () => boolean, what: string): Promise<void> {
	for (const deadline = Date.now() + PATIENCE_MS; !isSo(); ) {
		if (Date.now() > deadline) throw new Error(`It never came to this: ${what}.`);
		await new Promise((resolve) => setTimeout(resolve, 5));
	}
}
