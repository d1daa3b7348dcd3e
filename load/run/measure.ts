import { type Plan, roomNames } from "../plan/plan.ts";
import type { Result } from "../report/result.ts";
import { summarise } from "../report/summarise.ts";
import type { Profile } from "../scenario/profile.ts";
import { removeRooms } from "../target/remove-rooms.ts";
import { Progress } from "./progress.ts";
import { runOnce } from "./run-once.ts";
import type { Site } from "./site.ts";

/** Runs one load and returns its result. Its rooms are removed in any case. */
export async function measure(site: Site, profile: Profile, plan: Plan, signal: AbortSignal): Promise<Result> {
	const progress = new Progress(process.stderr);
	const startedAt = new Date();
	const { users } = plan.settings;
	try {
		const env = { ...process.env, ...site.env };
		const raw = await runOnce(profile, plan, site.targets, progress.observer(users), signal, env);
		return summarise(raw, { ...site, profile, startedAt });
	} finally {
		progress.clear();
		const left = await removeRooms(site.targets, roomNames(plan));
		if (left.length > 0) console.error(notRemoved(left));
	}
}

function notRemoved(rooms: string[]): string {
	const names = rooms.length > 3 ? `${rooms.slice(0, 3).join(", ")} …` : rooms.join(", ");
	return `${rooms.length} ${rooms.length === 1 ? "room" : "rooms"} could not be removed: ${names}`;
}
