import { join } from "node:path";
import { capacityPage } from "../capacity/capacity-page.ts";
import { findCapacity } from "../capacity/find-capacity.ts";
import { entriesPerMessage } from "../command-line/mix.ts";
import type { Options } from "../command-line/options.ts";
import type { Settings } from "../command-line/settings.ts";
import { BadInput } from "../kit/cli.ts";
import { checkOpenFiles, openFilesLimit, usersFor } from "../kit/open-files.ts";
import { count } from "../kit/report.ts";
import { newPlan, newRunName, type Plan, settingsOf } from "../plan/plan.ts";
import { checkFolder, json, readOlder, writeReport } from "../report/files.ts";
import { runPage } from "../report/run-page.ts";
import { summaryText } from "../report/summary.ts";
import { ownServers } from "../report/wording.ts";
import { checkSteps } from "../scenario/check-steps.ts";
import { type Profile, readProfile } from "../scenario/profile.ts";
import { askFirst } from "../target/consent.ts";
import { describe, storeCapacity } from "../target/preflight.ts";
import { measure } from "./measure.ts";
import { openSite, type Site } from "./site.ts";

const DEFAULT_MAX_USERS = 20_000;

/** Runs the command that the options describe. Resolves with whether the goal was met. */
export async function execute(options: Options, signal: AbortSignal): Promise<boolean> {
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
	const urls = site.targets.map(({ url }) => url);
	const plan = newPlan(run, profile, settings, options, urls);
	await announce(site, options, describeLoad(plan), signal);
	const result = await measure(site, profile, plan, signal);
	console.log(summaryText(result, older));
	const files = { "report.html": runPage(result, older), "report.json": json(result) };
	const folder = writeReport(run, options.reportFolder, files);
	console.log(`Report       ${join(folder, "report.html")}`);
	return result.verdict.passed;
}

/** Resolves with whether some number of users met the goal. */
async function searchCapacity(
	profile: Profile,
	settings: Settings,
	options: Options & { maxUsers: number },
	signal: AbortSignal,
): Promise<boolean> {
	await using site = await openSite(options, settings);
	await announce(site, options, `a growing number of users, up to ${count(options.maxUsers)}`, signal);
	const { capacity, runs } = await findCapacity(site, profile, settings, options, signal);
	const { limits, held, broke, sentence } = capacity;
	const folder = writeReport(runs[0]!.run, options.reportFolder, {
		"report.html": capacityPage(capacity, runs),
		"report.json": json({ ...capacity, runs }),
		...(held && { "held.html": runPage(held) }),
		...(broke && { "broke.html": runPage(broke) }),
	});
	console.log(`\n${sentence}`);
	const [{ url, loadToken }] = site.targets;
	const found = held && { users: capacity.users, messagesPerS: held.throughput.sentPerS };
	if (found && (await storeCapacity(url, loadToken, found).catch(() => false)))
		console.log("The owners of the chat see this number in the page.");
	if (limits) {
		const { soft_limit, hard_limit } = limits;
		console.log(`For fly.toml, per machine: soft_limit = ${soft_limit}, hard_limit = ${hard_limit}`);
	}
	console.log(`\nReport       ${join(folder, "report.html")}`);
	return capacity.users > 0;
}

/** Prints what is about to be sent, and asks first if a target is not on this machine. */
async function announce({ targets, isOurs }: Site, options: Options, load: string, signal: AbortSignal): Promise<void> {
	if (!options.yes && !(await askFirst(targets, load, signal))) throw new BadInput("Nothing was sent.");
	console.error(`Sending ${load} to ${isOurs ? ownServers(targets.length) : describe(targets)}.`);
}

function describeLoad({ rooms, settings: { users, rate, mix, duration } }: Plan): string {
	// A message into a room is delivered to each of its members.
	const deliveries = rate * users * (mix ? entriesPerMessage(mix) : 1);
	const rates = `${count(rate * rooms)} messages and ${count(deliveries)} deliveries per second`;
	return `${count(users)} users in ${count(rooms)} ${rooms === 1 ? "room" : "rooms"}, ${rates}, for ${count(duration)} s`;
}
