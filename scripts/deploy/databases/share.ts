import { readFileSync } from "node:fs";
import { createMissingApp, payingOrg } from "../app.ts";
import type { DeployOptions } from "../arguments.ts";
import { SEVERAL_MACHINES } from "../commands.ts";
import type { Flyctl } from "../flyctl.ts";
import { closeChat, copyToPostgres, makeWay } from "../move-data.ts";
import type { DeployProgress } from "../progress.ts";
import type { Situation } from "../situation.ts";
import { agree } from "./agree.ts";
import { type DatabasePlan, plan } from "./plan.ts";
import { setUpDatabases } from "./set-up.ts";

/**
 * What several machines need before they start: the app, its databases, and, where there was one machine with a volume,
 * its data in Postgres. Nothing is made before somebody agreed to what it costs.
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
	const what = await plan(flyctl, options, { machines, secrets: before?.secrets ?? [] }, org);
	await agree(app, what, options.yes);
	progress.handOver(waitFor(what));

	if (before === undefined) await createMissingApp(flyctl, app, org);
	const alone = machines.find(({ hasVolume }) => hasVolume);
	const isToMove = alone !== undefined && volume === "move";
	const place = { org, region: region ?? primaryRegion() };
	await setUpDatabases(flyctl, options, what, place, async () => {
		if (isToMove) await closeChat(flyctl, app, alone);
	});
	if (isToMove) progress.handOver(`  ${await copyToPostgres(flyctl, app, alone)}`);
	if (alone !== undefined) await makeWay(flyctl, app, machines);
	progress.handOver(`  Postgres: ${WORDS[what.postgres]}. Valkey: ${WORDS[what.valkey]}.`);
}

const WORDS = {
	set: "the app knew its address",
	own: "yours, from the environment",
	there: "begun before, now ready",
	new: "made",
};

function waitFor({ postgres }: DatabasePlan): string {
	return postgres === "new" || postgres === "there" ? "a new Postgres takes some minutes" : "";
}

/** Where fly.machines.toml puts a new app. */
function primaryRegion(): string {
	return /^primary_region = "([a-z]{3})"$/m.exec(readFileSync(SEVERAL_MACHINES, "utf8"))![1]!;
}
