import { smoke } from "../smoke/smoke.ts";
import { checkRegion, createMissingApp, findRegion, hasApp } from "./app.ts";
import type { DeployOptions } from "./arguments.ts";
import { buildId } from "./build-id.ts";
import { deployApp } from "./commands.ts";
import { costLines } from "./cost.ts";
import { explain } from "./explain.ts";
import type { Flyctl } from "./flyctl.ts";
import { waitUntilLive } from "./live.ts";
import { Progress } from "./progress.ts";
import { ensureSecrets } from "./secrets.ts";
import { signIn } from "./sign-in.ts";
import { Stop } from "./stop.ts";

const STEPS = 6;

/**
 * From nothing, or from wherever the last attempt ended, to a chat that carries a message. Each step looks at what
 * Fly.io has before it adds anything, so running it again is safe at any point.
 */
export async function deploy(flyctl: Flyctl, options: DeployOptions, root: string): Promise<void> {
	const { app, url } = options;
	const progress = new Progress(STEPS);

	progress.begin("Asking Fly.io who you are");
	progress.done(await signIn(flyctl));

	progress.begin(`Looking for the app ${app}`);
	const region = await ensureApp(flyctl, options, progress);

	progress.begin("Giving it its secrets");
	const made = await ensureSecrets(flyctl, app);
	progress.done(made.length === 0 ? "it has all of them" : `made ${made.join(", ")}`);

	const build = buildId(root);
	progress.begin(`Building and starting ${build}`);
	progress.handOver("flyctl says (a first time takes some minutes):\n");
	const args = deployApp(app, region, build);
	const answer = await flyctl.show(args);
	if (answer.code !== 0) throw withAdvice(explain(answer, args, app), app);
	process.stdout.write("\n");

	progress.begin(`Waiting for ${build} to answer at ${url}`);
	const began = performance.now();
	await waitUntilLive(url, build, options.waitSeconds, (reason) => process.stdout.write(`${reason} … `)).catch(
		(error) => {
			throw error instanceof Stop ? withAdvice(error, app) : error;
		},
	);
	progress.done(`it is ready after ${((performance.now() - began) / 1000).toFixed(1)} s`);

	progress.begin("Sending a message through it");
	const result = await smoke(url);
	if (!result.ok) throw withAdvice(new Stop(1, `The ${result.step} failed: ${result.why}`), app);
	progress.done(`delivered in ${result.deliveryMs.toFixed(0)} ms`);
	process.stdout.write(`\n${summary(app, url).join("\n")}\n`);
}

/** The region to deploy to; `undefined` leaves it to fly.toml. */
async function ensureApp(flyctl: Flyctl, options: DeployOptions, progress: Progress): Promise<string | undefined> {
	if (options.region !== undefined) await checkRegion(flyctl, options.region);
	if (await hasApp(flyctl, options.app)) {
		const region = await findRegion(flyctl, options);
		progress.done(region === undefined ? "it is there, with nothing in it yet" : `it is there, in ${region}`);
		return region;
	}
	await createMissingApp(flyctl, options);
	progress.done("created");
	return options.region;
}

function withAdvice(stop: Stop, app: string): Stop {
	return new Stop(
		stop.exitCode,
		stop.message,
		"",
		`What the machine says: flyctl logs -a ${app}`,
		"Once the cause is gone, run the same command again: it goes on from where this one ended.",
	);
}

function summary(app: string, url: string): string[] {
	return [
		`${url} is live.`,
		"",
		...costLines(),
		"",
		`  logs     flyctl logs -a ${app}`,
		`  look     npm run doctor -- ${url}`,
		`  backup   npm run backup -- --app ${app} chat.db`,
		`  notices  want the admin token: flyctl ssh console -a ${app} -C "printenv ADMIN_TOKEN"`,
		`  update   npm run deploy -- --app ${app}`,
		`  remove   npm run deploy -- --app ${app} --destroy`,
	];
}
