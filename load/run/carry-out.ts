import { BadInput } from "../bad-input.ts";
import type { Options } from "../options.ts";
import { type Plan, plannedDeliveriesPerS, plannedMessagesPerS } from "../plan.ts";
import { readProfile } from "../profile.ts";
import { count } from "../report/figures.ts";
import { readOlder } from "../report/older.ts";
import { summaryText } from "../report/summary.ts";
import { writeReport } from "../report/write-report.ts";
import { askFirst } from "../target/consent.ts";
import { measure } from "./measure.ts";
import { checkOpenFiles, newPlan, newRunName, settingsOf } from "./new-plan.ts";
import { openFilesLimit } from "./open-files.ts";
import { openSite } from "./site.ts";

/** Does what the command line asked for. Gives whether the goal was met. */
export async function carryOut(options: Options, signal: AbortSignal): Promise<boolean> {
	const profile = await readProfile(options.profile);
	const settings = settingsOf(profile, options);
	const older = options.compareFile === undefined ? undefined : readOlder(options.compareFile);
	checkOpenFiles(settings.users, openFilesLimit());
	const run = newRunName();
	await using site = await openSite(options);
	const plan = newPlan(run, profile, settings, options, site.target.url);
	const isLocal = site.target.path === "this machine";
	if (!isLocal && !options.yes && !(await askFirst(site.target, inWords(plan), signal))) {
		throw new BadInput("Nothing was sent.");
	}
	console.error(`Sending ${inWords(plan)} to ${site.isOurs ? "a server of our own" : site.target.url} (run ${run}).`);
	const result = await measure(site, profile, plan, signal);
	console.log(summaryText(result));
	console.log(`Report       ${writeReport(result, older, options.reportFolder)}`);
	return result.verdict.passed;
}

function inWords(plan: Plan): string {
	const { users, duration } = plan.settings;
	const rates = `${count(plannedMessagesPerS(plan))} messages and ${count(plannedDeliveriesPerS(plan))} deliveries a second`;
	return `${count(users)} users in ${count(plan.rooms)} rooms, ${rates}, for ${count(duration)} s`;
}
