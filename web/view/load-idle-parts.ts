import { addMenu, notices, peoplePanel } from "./parts.ts";

/** Loads what most users need soon, when the page has nothing else to do. */
export function loadIdleParts(): void {
	const load = () => {
		for (const part of [addMenu, notices, peoplePanel]) void part.load();
	};
	// Safari has no idle callbacks.
	if ("requestIdleCallback" in window) requestIdleCallback(load);
	else setTimeout(load, AFTER_MS);
}

const AFTER_MS = 500;
