import type { Options } from "../command-line/options.ts";
import type { Settings } from "../command-line/settings.ts";
import { count, ms } from "../kit/report.ts";
import { newPlan, newRunName } from "../plan/plan.ts";
import type { Result } from "../report/result.ts";
import { measure } from "../run/measure.ts";
import type { Site } from "../run/site.ts";
import type { Profile } from "../scenario/profile.ts";
import { type Capacity, capacityOf } from "./capacity.ts";
import { search } from "./search.ts";

const FIRST_USERS = 250;
/** Defaults of each run of a search, which has a dozen of them. */
const RUN_DURATION_S = 15;
const RUN_ARRIVALS_PER_S = 500;

/** Measures the deployment at different sizes until the greatest number of users is found. */
export async function findCapacity(
	site: Site,
	profile: Profile,
	settings: Settings,
	options: Options & { maxUsers: number },
	signal: AbortSignal,
): Promise<{ capacity: Capacity; runs: Result[] }> {
	const { users: from = FIRST_USERS, duration = RUN_DURATION_S, arrivals = RUN_ARRIVALS_PER_S } = options.load;
	const urls = site.targets.map(({ url }) => url);
	const runs: Result[] = [];
	const bounds = { from, max: options.maxUsers, step: settings.rooms || settings.members };
	const found = await search(bounds, async (users) => {
		const plan = newPlan(newRunName(), profile, { ...settings, users, duration, arrivals }, options, urls);
		const result = await measure(site, profile, plan, signal);
		runs.push(result);
		console.error(runLine(result));
		if (result.verdict.passed) return "held";
		return result.verdict.valid ? "broke" : "inconclusive";
	});
	return { capacity: capacityOf(found, runs), runs };
}

function runLine({ load, latency, throughput, verdict }: Result): string {
	const outcome = verdict.passed ? "held" : (verdict.doubts[0] ?? verdict.failures[0]);
	const p99 = latency.fanout ? ms(latency.fanout.p99) : "–";
	return `${count(load.users).padStart(8)} users  ${count(throughput.deliveriesPerS).padStart(8)} deliveries/s  p99 ${p99.padStart(9)}  ${outcome}`;
}
