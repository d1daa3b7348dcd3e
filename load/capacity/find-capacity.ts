import type { Options } from "../options.ts";
import type { Profile } from "../profile.ts";
import { count, ms } from "../report/figures.ts";
import type { Result } from "../report/result.ts";
import { measure } from "../run/measure.ts";
import { newPlan, newRunName } from "../run/new-plan.ts";
import type { Site } from "../run/site.ts";
import type { Settings } from "../settings.ts";
import { type Answer, answer } from "./answer.ts";
import { type Outcome, search } from "./search.ts";

const FIRST_USERS = 250;
/** A step's own numbers, where the command line gives none: a search has a dozen of them. */
const STEP_DURATION_S = 15;
const STEP_ARRIVALS_PER_S = 500;

/** Steps the users up until the goal breaks, and closes in on the number that holds. */
export async function findCapacity(
	site: Site,
	profile: Profile,
	settings: Settings,
	options: Options & { maxUsers: number },
	signal: AbortSignal,
): Promise<{ answer: Answer; runs: Result[] }> {
	const step = settings.rooms || settings.members;
	const runs: Result[] = [];
	const tryOut = async (users: number): Promise<Outcome> => {
		const load = {
			...settings,
			users,
			duration: options.load.duration ?? STEP_DURATION_S,
			arrivals: options.load.arrivals ?? STEP_ARRIVALS_PER_S,
		};
		const result = await measure(
			site,
			profile,
			newPlan(
				newRunName(),
				profile,
				load,
				options,
				site.targets.map(({ url }) => url),
			),
			signal,
		);
		runs.push(result);
		console.error(stepLine(result));
		if (result.verdict.passed) return "held";
		return result.verdict.valid ? "broke" : "untold";
	};
	const from = options.load.users ?? FIRST_USERS;
	const found = await search({ from, max: options.maxUsers, step }, tryOut);
	return { answer: answer(found, runs), runs };
}

function stepLine({ load, latency, throughput, verdict }: Result): string {
	const outcome = verdict.passed ? "held" : (verdict.doubts[0] ?? verdict.failures[0]);
	const p99 = latency.fanout ? ms(latency.fanout.p99) : "–";
	return `${count(load.users).padStart(8)} users  ${count(throughput.deliveriesPerS).padStart(8)} deliveries/s  p99 ${p99.padStart(9)}  ${outcome}`;
}
