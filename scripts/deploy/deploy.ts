import { claimCode } from "../../app/session/claim-code.ts";
import { closedSentence, smoke } from "../smoke/smoke.ts";
import { checkLogin, checkRegion, createMissingApp, findApp, payingOrg } from "./app.ts";
import type { DeployOptions } from "./arguments.ts";
import { buildId } from "./build-id.ts";
import { deployAppArgs, ONE_MACHINE, SEVERAL_MACHINES, scaleArgs } from "./commands.ts";
import { shareDatabases } from "./databases/share.ts";
import { explain } from "./explain.ts";
import type { Flyctl } from "./flyctl.ts";
import { waitUntilLive } from "./live.ts";
import { findMachines, type Machines } from "./machines.ts";
import { DeployProgress } from "./progress.ts";
import { ensureSecrets, secretNames } from "./secrets.ts";
import { isShared, refuseLosses, regionOf, type Situation } from "./situation.ts";
import { Stop } from "./stop.ts";
import { summary } from "./summary.ts";

const STEPS = 6;

/**
 * Deploys the app and sends a message through it. Each step checks what already exists on Fly.io, so that an interrupted
 * deployment can be repeated.
 */
export async function deploy(flyctl: Flyctl, options: DeployOptions, root: string): Promise<void> {
	const { app, url } = options;
	const isToShare = (options.machines ?? 1) > 1;
	const progress = new DeployProgress(STEPS + (isToShare ? 1 : 0));

	progress.begin("Checking the login");
	progress.done(await checkLogin(flyctl));

	progress.begin(`Looking for the app ${app}`);
	if (options.region !== undefined) await checkRegion(flyctl, options.region);
	const before = await findSituation(flyctl, options);
	const region = before === undefined ? options.region : regionOf(options, before);
	if (before !== undefined) refuseLosses(options, before);
	if (before === undefined && !isToShare) await createMissingApp(flyctl, app, await payingOrg(flyctl, options));
	progress.done(describe(before, region, isToShare));
	const isSeveral = isShared(options, before ?? EMPTY);

	if (isToShare) {
		progress.begin("Setting up the shared Postgres and Valkey");
		await shareDatabases(flyctl, options, before, region, progress);
	}

	progress.begin("Setting its secrets");
	const made = await ensureSecrets(flyctl, options, before?.secrets ?? (await secretNames(flyctl, app)));
	const names = Object.keys(made);
	progress.done(names.length === 0 ? "all set" : `created ${names.join(", ")}`);

	const build = buildId(root);
	progress.begin(`Building and starting ${build}`);
	progress.done("output of flyctl (the first time takes some minutes):\n");
	await show(flyctl, app, deployAppArgs(app, isSeveral ? SEVERAL_MACHINES : ONE_MACHINE, region, build));
	if (isSeveral && options.machines !== undefined) await show(flyctl, app, scaleArgs(app, options.machines));
	process.stdout.write("\n");

	progress.begin(`Waiting for ${build} to respond at ${url}`);
	const began = performance.now();
	const machines = isSeveral ? (await findMachines(flyctl, app)).machines.map(({ id }) => id) : [undefined];
	for (const machine of machines) await untilLive(options, build, machine);
	const where = isSeveral ? `all ${machines.length} machines are` : "it is";
	progress.done(`${where} ready after ${((performance.now() - began) / 1000).toFixed(1)} s`);

	progress.begin("Sending a message through it");
	const result = await smoke(url);
	if (!result.ok) throw withAdvice(new Stop(1, `The ${result.step} failed: ${result.why}`), app);
	progress.done("closed" in result ? closedSentence(result.closed) : `delivered in ${result.deliveryMs.toFixed(0)} ms`);
	const claim = made.SESSION_SECRET === undefined ? undefined : claimCode(made.SESSION_SECRET);
	const count = isSeveral ? machines.length : undefined;
	process.stdout.write(
		`\n${summary({ app, url, machines: count, volumes: before?.volumes ?? [], claim }).join("\n")}\n`,
	);
}

const EMPTY: Machines = { machines: [], volumes: [] };

async function findSituation(flyctl: Flyctl, { app }: DeployOptions): Promise<Situation | undefined> {
	const found = await findApp(flyctl, app);
	if (found === undefined) return undefined;
	const machines = await findMachines(flyctl, app);
	return { ...found, ...machines, secrets: await secretNames(flyctl, app) };
}

function describe(before: Situation | undefined, region: string | undefined, isToShare: boolean): string {
	if (before === undefined) return isToShare ? "not found" : "created";
	return region === undefined ? "found, without machines" : `found, in ${region}`;
}

async function show(flyctl: Flyctl, app: string, args: string[]): Promise<void> {
	const answer = await flyctl.show(args);
	if (answer.code !== 0) throw withAdvice(explain(answer, args, app), app);
}

async function untilLive({ app, url, waitSeconds }: DeployOptions, build: string, machine?: string): Promise<void> {
	const onWait = (reason: string) => process.stdout.write(`${reason} … `);
	await waitUntilLive(url, build, waitSeconds, onWait, machine).catch((error) => {
		throw error instanceof Stop ? withAdvice(error, app) : error;
	});
}

function withAdvice(stop: Stop, app: string): Stop {
	return new Stop(
		stop.exitCode,
		stop.message,
		"",
		`The log of the server: flyctl logs -a ${app}`,
		"When the cause is fixed, run the same command again to continue.",
	);
}
