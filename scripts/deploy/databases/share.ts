import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { createMissingApp, findApp, payingOrg } from "../app.ts";
import type { DeployOptions } from "../arguments.ts";
import { deployValkeyArgs, SEVERAL_MACHINES, valkeyName } from "../commands.ts";
import { explain } from "../explain.ts";
import type { Flyctl } from "../flyctl.ts";
import { closeChat, copyToPostgres, destroyMachinesWithVolume } from "../move-data.ts";
import type { DeployProgress } from "../progress.ts";
import { stageSecrets } from "../secrets.ts";
import type { Situation } from "../situation.ts";
import { agree } from "./agree.ts";
import { type DatabasePlan, type DatabaseSource, planDatabases } from "./plan.ts";
import { attach, ensureCluster } from "./postgres.ts";

const PASSWORD_BYTES = 32;

/**
 * Prepares an app for several machines: creates the app and its databases, and moves the data of a machine with a volume
 * to Postgres. Asks for consent to the price before it creates anything.
 */
export async function shareDatabases(
	flyctl: Flyctl,
	options: DeployOptions,
	before: Situation | undefined,
	region: string | undefined,
	progress: DeployProgress,
): Promise<void> {
	const { app, volume } = options;
	const org = before?.org ?? (await payingOrg(flyctl, options));
	const machines = before?.machines ?? [];
	const databases = await planDatabases(flyctl, options, { machines, secrets: before?.secrets ?? [] }, org);
	await agree(app, databases, options.yes);
	progress.done(waitNotice(databases));

	if (before === undefined) await createMissingApp(flyctl, app, org);
	const single = machines.find(({ hasVolume }) => hasVolume);
	const isToMove = single !== undefined && volume === "move";
	const place = { org, region: region ?? primaryRegion() };
	const { own, postgres, valkey } = databases;
	const cluster = isManaged(postgres) ? await ensureCluster(flyctl, app, place.org, place.region) : undefined;
	// Before the app knows the address: a machine with a volume must not restart on an empty Postgres.
	if (isToMove) await closeChat(flyctl, app, single);
	if (postgres === "own") await stageSecrets(flyctl, app, { DATABASE_URL: own.DATABASE_URL! });
	if (cluster !== undefined) await attach(flyctl, app, cluster);
	if (valkey === "own") await stageSecrets(flyctl, app, { REDIS_URL: own.REDIS_URL! });
	if (isManaged(valkey)) await ensureValkey(flyctl, app, place.org, place.region);
	if (isToMove) progress.done(`  ${await copyToPostgres(flyctl, app, single)}`);
	if (single !== undefined) await destroyMachinesWithVolume(flyctl, app, machines);
	progress.done(`  Postgres: ${ORIGIN[postgres]}. Valkey: ${ORIGIN[valkey]}.`);
}

/** Creates the app's Valkey, and sets REDIS_URL last: an interrupted attempt is repeated with a new password. */
async function ensureValkey(flyctl: Flyctl, app: string, org: string, region: string): Promise<void> {
	const name = valkeyName(app);
	if ((await findApp(flyctl, name)) === undefined) await createMissingApp(flyctl, name, org);
	const password = randomBytes(PASSWORD_BYTES).toString("base64url");
	await stageSecrets(flyctl, name, { VALKEY_EXTRA_FLAGS: `--requirepass ${password}` });
	const args = deployValkeyArgs(name, region);
	const answer = await flyctl.show(args);
	if (answer.code !== 0) throw explain(answer, args, name);
	await stageSecrets(flyctl, app, { REDIS_URL: `redis://default:${password}@${valkeyName(app)}.internal:6379` });
}

const ORIGIN = {
	set: "configured earlier",
	own: "yours, from the environment",
	existing: "created earlier, now ready",
	new: "created",
};

function isManaged(source: DatabaseSource): boolean {
	return source === "existing" || source === "new";
}

function waitNotice({ postgres }: DatabasePlan): string {
	return isManaged(postgres) ? "creating a Postgres takes some minutes" : "";
}

/** Returns the region in which fly.machines.toml places a new app. */
function primaryRegion(): string {
	return /^primary_region = "([a-z]{3})"$/m.exec(readFileSync(SEVERAL_MACHINES, "utf8"))![1]!;
}
