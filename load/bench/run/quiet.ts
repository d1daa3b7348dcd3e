import { setTimeout as sleep } from "node:timers/promises";
import { DISTURBING_SHARE, disturbanceOf, watchOthers } from "../measure/others.ts";

const LOOK_MS = 500;

/** Resolves when nothing else runs on this machine, or when it was waited for long enough. */
export async function untilQuiet(patienceMs: number): Promise<void> {
	const deadline = performance.now() + patienceMs;
	while (performance.now() < deadline) {
		const others = watchOthers();
		await sleep(LOOK_MS);
		if (disturbanceOf(others()) <= DISTURBING_SHARE) return;
	}
}
