import type { DeployOptions } from "../arguments.ts";
import type { Flyctl } from "../flyctl.ts";
import { stageSecrets } from "../secrets.ts";
import type { DatabasePlan } from "./plan.ts";
import { attach, ensureCluster } from "./postgres.ts";
import { ensureValkey } from "./valkey.ts";

/**
 * Makes what the plan says, then tells the app. `beforeAddress` runs once Postgres is there and before the app knows of
 * it: a machine that still runs on its own volume must not start on an empty Postgres.
 */
export async function setUpDatabases(
	flyctl: Flyctl,
	{ app }: DeployOptions,
	{ postgres, valkey, own }: DatabasePlan,
	place: { org: string; region: string },
	beforeAddress: () => Promise<void>,
): Promise<void> {
	const isManaged = (source: DatabasePlan["postgres"]) => source === "there" || source === "new";
	const cluster = isManaged(postgres) ? await ensureCluster(flyctl, app, place.org, place.region) : undefined;
	await beforeAddress();
	if (postgres === "own") await stageSecrets(flyctl, app, { DATABASE_URL: own.DATABASE_URL! });
	if (cluster !== undefined) await attach(flyctl, app, cluster);
	if (valkey === "own") await stageSecrets(flyctl, app, { REDIS_URL: own.REDIS_URL! });
	if (isManaged(valkey)) await ensureValkey(flyctl, app, place.org, place.region);
}
