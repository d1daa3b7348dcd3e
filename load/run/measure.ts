import { type Plan, roomNames } from "../plan.ts";
import type { Profile } from "../profile.ts";
import type { Result } from "../report/result.ts";
import { summarise } from "../report/summarise.ts";
import { removeRooms } from "../target/clean-up.ts";
import { runOnce } from "./one-run.ts";
import { Progress } from "./progress.ts";
import type { Site } from "./site.ts";

/** One load and its result. Whatever happens, its rooms are removed. */
export async function measure(site: Site, profile: Profile, plan: Plan, signal: AbortSignal): Promise<Result> {
	const progress = new Progress(process.stderr);
	const startedAt = new Date();
	const { users } = plan.settings;
	try {
		const env = { ...process.env, ...site.env };
		const harvest = await runOnce(profile, plan, site.targets, progress.onlooker(users), signal, env);
		return summarise(harvest, { ...site, profile, startedAt });
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
