import { completionList, editForm, messageActionsPart } from "./parts.ts";

/** Loads what most users need soon, when the page has nothing else to do. */
export function loadIdleParts(): void {
	const load = () => {
		const parts = [messageActionsPart, editForm, completionList];
		for (const part of parts) void part.load();
	};
	// Safari has no idle callbacks.
	if ("requestIdleCallback" in window) requestIdleCallback(load, { timeout: AT_LATEST_MS });
	else setTimeout(load, AFTER_MS);
}

const AFTER_MS = 500;
/** A page that is never idle loads them all the same. */
const AT_LATEST_MS = 3_000;
