import * as v from "valibot";
import type { DeployOptions } from "./arguments.ts";
import { createAppArgs } from "./commands.ts";
import { explain } from "./explain.ts";
import type { Flyctl } from "./flyctl.ts";
import { Stop } from "./stop.ts";

const Apps = v.array(
	v.object({ name: v.string(), organization: v.optional(v.object({ slug: v.optional(v.string()) })) }),
);
const Regions = v.array(v.object({ code: v.string() }));
/** What `orgs list` answers: the full name of each organisation by the short one. */
const Orgs = v.record(v.string(), v.string());

/** The app, where it is there and may be managed with this login; its organisation by its short name. */
export async function findApp(flyctl: Flyctl, app: string): Promise<{ org: string | undefined } | undefined> {
	const apps = v.parse(Apps, await flyctl.json(["apps", "list"]));
	const found = apps.find(({ name }) => name === app);
	return found && { org: found.organization?.slug };
}

export async function checkRegion(flyctl: Flyctl, region: string): Promise<void> {
	const regions = v.parse(Regions, await flyctl.json(["platform", "regions"])).map(({ code }) => code);
	if (!regions.includes(region)) {
		throw new Stop(2, `Fly.io has no region "${region}". It has: ${regions.sort().join(", ")}.`);
	}
}

/** Creates an app. A creation that failed half-way counts once the app is there. */
export async function createMissingApp(flyctl: Flyctl, app: string, org: string): Promise<void> {
	const args = createAppArgs(app, org);
	const answer = await flyctl.ask(args);
	if (answer.code !== 0 && (await findApp(flyctl, app)) === undefined) throw explain(answer, args, app);
}

/** Who pays for what is new: the one that was named, else the only one there is. */
export async function payingOrg(flyctl: Flyctl, { org }: DeployOptions): Promise<string> {
	if (org !== undefined) return org;
	const orgs = Object.keys(v.parse(Orgs, await flyctl.json(["orgs", "list"])));
	if (orgs.length === 1) return orgs[0]!;
	throw new Stop(2, `You have several organisations; say which one pays: --org ${orgs.join(" or --org ")}`);
}
