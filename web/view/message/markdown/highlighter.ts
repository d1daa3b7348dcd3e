import type { CodeToken } from "./highlight.ts";

type Job = { code: string; language: string; done: (tokens: CodeToken[]) => void };

/** The highlighter takes time in proportion to the square of some texts: 50 ms for the worst of this length. */
const MAX_CHARS = 4_000;

const jobs = new Set<Job>();
let isRunning = false;

/**
 * Calls back with the coloured parts of the code, some time after the page is drawn. Never calls back for a language that is
 * not known, a long code, or while the highlighter cannot be loaded. Returns a function that cancels.
 */
export function highlightLater(code: string, language: string, done: (tokens: CodeToken[]) => void): () => void {
	if (language === "" || code.length > MAX_CHARS) return () => {};
	const job = { code, language, done };
	jobs.add(job);
	if (!isRunning) void run();
	return () => jobs.delete(job);
}

/** Colours one block at a time, so that the page stays responsive. */
async function run(): Promise<void> {
	isRunning = true;
	try {
		const { highlight } = await import("./highlight.ts");
		for (const job of jobs) {
			await idle();
			if (!jobs.delete(job)) continue;
			const tokens = highlight(job.code, job.language);
			if (tokens) job.done(tokens);
		}
	} catch {
		// Without a connection the code stays plain. The next block tries again.
	} finally {
		isRunning = false;
	}
}

function idle(): Promise<unknown> {
	return new Promise((resolve) => {
		// Safari has no idle callbacks.
		if (typeof requestIdleCallback === "function") requestIdleCallback(resolve, { timeout: 1_000 });
		else setTimeout(resolve);
	});
}
