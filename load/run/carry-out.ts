import { join } from "node:path";
import { BadInput } from "../bad-input.ts";
import { capacityPage } from "../capacity/capacity-page.ts";
import { findCapacity } from "../capacity/find-capacity.ts";
import type { Options } from "../options.ts";
import { type Plan, plannedDeliveriesPerS, plannedMessagesPerS } from "../plan.ts";
import { type Profile, readProfile } from "../profile.ts";
import { count } from "../report/figures.ts";
import { readOlder } from "../report/older.ts";
import { runPage } from "../report/run-page.ts";
import { summaryText } from "../report/summary.ts";
import { ourServers } from "../report/where.ts";
import { checkFolder, json, writeReport } from "../report/write-report.ts";
import type { Settings } from "../settings.ts";
import { checkSteps } from "../steps.ts";
import { askFirst } from "../target/consent.ts";
import { inWords } from "../target/preflight.ts";
import { measure } from "./measure.ts";
import { checkOpenFiles, DEFAULT_MAX_USERS, newPlan, newRunName, settingsOf, usersFor } from "./new-plan.ts";
import { openFilesLimit } from "./open-files.ts";
import { openSite, type Site } from "./site.ts";

/** Does what the command line asked for. Gives whether the goal was met. */
export async function carryOut(options: Options, signal: AbortSignal): Promise<boolean> {
	const profile = readProfile(options.profile);
	await checkSteps(profile);
	checkFolder(options.reportFolder);
	const settings = settingsOf(profile, options);
	const openFiles = openFilesLimit();
	const maxUsers = options.maxUsers ?? Math.min(DEFAULT_MAX_USERS, usersFor(openFiles));
	checkOpenFiles(options.findCapacity ? maxUsers : settings.users, openFiles);
	return options.findCapacity
		? await searchCapacity(profile, settings, { ...options, maxUsers }, signal)
		: await runLoad(profile, settings, options, signal);
}

async function runLoad(profile: Profile, settings: Settings, options: Options, signal: AbortSignal): Promise<boolean> {
	const older = options.compareFile === undefined ? undefined : readOlder(options.compareFile);
	const run = newRunName();
	await using site = await openSite(options, settings);
	const plan = newPlan(
		run,
		profile,
		settings,
		options,
		site.targets.map(({ url }) => url),
	);
	await announce(site, options, loadInWords(plan), signal);
	const result = await measure(site, profile, plan, signal);
	console.log(summaryText(result, older));
	const files = { "report.html": runPage(result, older), "report.json": json(result) };
	const folder = writeReport(run, options.reportFolder, files);
	console.log(`Report       ${join(folder, "report.html")}`);
	return result.verdict.passed;
}

/** Whether an answer was found that is the deployment's own. */
async function searchCapacity(
	profile: Profile,
	settings: Settings,
	options: Options & { maxUsers: number },
	signal: AbortSignal,
): Promise<boolean> {
	await using site = await openSite(options, settings);
	await announce(site, options, `a growing number of users, up to ${count(options.maxUsers)}`, signal);
	const { answer, runs } = await findCapacity(site, profile, settings, options, signal);
	const folder = writeReport(runs[0]!.run, options.reportFolder, {
		"report.html": capacityPage(answer, runs),
		"report.json": json({ ...answer, runs }),
		...(answer.held && { "held.html": runPage(answer.held) }),
		...(answer.broke && { "broke.html": runPage(answer.broke) }),
	});
	const limits =
		answer.limits &&
		`For fly.toml, for each machine: soft_limit = ${answer.limits.soft_limit}, hard_limit = ${answer.limits.hard_limit}`;
	console.log(
		["", answer.sentence, ...(limits ? [limits] : []), "", `Report       ${join(folder, "report.html")}`].join("\n"),
	);
	return answer.users > 0;
}

/** Says what is about to happen, and asks where it happens to a machine that is not this one. */
async function announce({ targets, isOurs }: Site, options: Options, load: string, signal: AbortSignal): Promise<void> {
	if (!options.yes && !(await askFirst(targets, load, signal))) throw new BadInput("Nothing was sent.");
	console.error(`Sending ${load} to ${isOurs ? ourServers(targets.length) : inWords(targets)}.`);
}

function loadInWords(plan: Plan): string {
	const { users, duration } = plan.settings;
	const rates = `${count(plannedMessagesPerS(plan))} messages and ${count(plannedDeliveriesPerS(plan))} deliveries a second`;
	return `${count(users)} users in ${count(plan.rooms)} ${plan.rooms === 1 ? "room" : "rooms"}, ${rates}, for ${count(duration)} s`;
}
