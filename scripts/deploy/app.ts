import * as v from "valibot";
import type { DeployOptions } from "./arguments.ts";
import { createAppArgs } from "./commands.ts";
import { explain, LOGIN } from "./explain.ts";
import type { Flyctl } from "./flyctl.ts";
import { Stop } from "./stop.ts";

const Apps = v.array(
	v.object({ name: v.string(), organization: v.optional(v.object({ slug: v.optional(v.string()) })) }),
);
const Regions = v.array(v.object({ code: v.string() }));
/** The output of `orgs list`: the full name of each organisation by its short name. */
const Orgs = v.record(v.string(), v.string());

/** Returns the user that flyctl is logged in as, and its version. Throws without a login. */
export async function checkLogin(flyctl: Flyctl): Promise<string> {
	const version = await flyctl.must(["version"]);
	const user = (await flyctl.must(["auth", "whoami"])).stdout.trim();
	if (user === "") throw new Stop(2, "You are not logged in to Fly.io.", LOGIN);
	return `${user}, with ${version.stdout.trim().split("\n")[0]}`;
}

/** Returns the app and the short name of its organisation, or undefined if this login has no such app. */
export async function findApp(flyctl: Flyctl, app: string): Promise<{ org: string | undefined } | undefined> {
	const apps = v.parse(Apps, await flyctl.json(["apps", "list"]));
	const found = apps.find(({ name }) => name === app);
	return found && { org: found.organization?.slug };
}

export async function checkRegion(flyctl: Flyctl, region: string): Promise<void> {
	const regions = v.parse(Regions, await flyctl.json(["platform", "regions"])).map(({ code }) => code);
	if (!regions.includes(region)) {
		throw new Stop(2, `Fly.io has no region "${region}". Its regions: ${regions.sort().join(", ")}.`);
	}
}

/** Creates an app. An error of flyctl is ignored if the app exists afterwards. */
export async function createMissingApp(flyctl: Flyctl, app: string, org: string): Promise<void> {
	const args = createAppArgs(app, org);
	const answer = await flyctl.ask(args);
	if (answer.code !== 0 && (await findApp(flyctl, app)) === undefined) throw explain(answer, args, app);
}

/** Returns the organisation that owns and pays for new resources: the one in the options, or else the only one. */
export async function payingOrg(flyctl: Flyctl, { org }: DeployOptions): Promise<string> {
	if (org !== undefined) return org;
	const orgs = Object.keys(v.parse(Orgs, await flyctl.json(["orgs", "list"])));
	if (orgs.length === 1) return orgs[0]!;
	throw new Stop(2, `You have several organisations. Choose the one that pays: --org ${orgs.join(" or --org ")}`);
}
