import * as v from "valibot";
import type { DeployOptions } from "./arguments.ts";
import { createApp } from "./commands.ts";
import { explain } from "./explain.ts";
import type { Flyctl } from "./flyctl.ts";
import { Stop } from "./stop.ts";

const Names = v.array(v.object({ name: v.string() }));
const Regions = v.array(v.object({ code: v.string() }));
const Placed = v.array(v.object({ region: v.string(), state: v.optional(v.string()) }));
/** What `orgs list` answers: the full name of each organisation by the short one. */
const Orgs = v.record(v.string(), v.string());

/** Whether the app is there and may be managed with this login. */
export async function hasApp(flyctl: Flyctl, app: string): Promise<boolean> {
	const apps = v.parse(Names, await flyctl.json(["apps", "list"]));
	return apps.some(({ name }) => name === app);
}

export async function checkRegion(flyctl: Flyctl, region: string): Promise<void> {
	const regions = v.parse(Regions, await flyctl.json(["platform", "regions"])).map(({ code }) => code);
	if (!regions.includes(region)) {
		throw new Stop(2, `Fly.io has no region "${region}". It has: ${regions.sort().join(", ")}.`);
	}
}

/** Creates the app. A creation that failed half-way counts once the app is there. */
export async function createMissingApp(flyctl: Flyctl, { app, org }: DeployOptions): Promise<void> {
	const args = createApp(app, org ?? (await onlyOrg(flyctl)));
	const answer = await flyctl.ask(args);
	if (answer.code !== 0 && !(await hasApp(flyctl, app))) throw explain(answer, args, app);
}

async function onlyOrg(flyctl: Flyctl): Promise<string> {
	const orgs = Object.keys(v.parse(Orgs, await flyctl.json(["orgs", "list"])));
	if (orgs.length === 1) return orgs[0]!;
	throw new Stop(2, `You have several organisations; say which one pays: --org ${orgs.join(" or --org ")}`);
}

/**
 * Where the app lives. Its volume can't move, so later deployments stay in the region of the first.
 * Several machines are refused as long as each would have a database of its own.
 */
export async function findRegion(flyctl: Flyctl, { app, region }: DeployOptions): Promise<string | undefined> {
	const machines = await placed(flyctl, ["machine", "list", "-a", app]);
	if (machines.length > 1 && !(await hasSharedDatabase(flyctl, app))) {
		throw new Stop(
			2,
			`${app} has ${machines.length} machines, each with its own database: people would see different rooms.`,
			`Keep one (\`flyctl scale count 1 -a ${app}\`), or give all of them Postgres and Redis: scripts/deploy/README.md`,
		);
	}
	const home = [...(await placed(flyctl, ["volumes", "list", "-a", app])), ...machines][0]?.region;
	if (home !== undefined && region !== undefined && home !== region) {
		throw new Stop(
			2,
			`${app} lives in ${home}, and its volume can't move to ${region}. Leave --region out to deploy it there.`,
			"To move: `npm run backup`, deploy under another name with --region, `npm run restore`.",
		);
	}
	return home ?? region;
}

async function placed(flyctl: Flyctl, args: string[]): Promise<{ region: string }[]> {
	const all = v.parse(Placed, await flyctl.json(args));
	return all.filter(({ state }) => !/destroy/.test(state ?? ""));
}

async function hasSharedDatabase(flyctl: Flyctl, app: string): Promise<boolean> {
	const secrets = v.parse(Names, await flyctl.json(["secrets", "list", "-a", app]));
	return secrets.some(({ name }) => name === "DATABASE_URL");
}
