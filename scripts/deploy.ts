#!/usr/bin/env node
import { fileURLToPath } from "node:url";
import { DEPLOY_HELP, readArguments } from "./deploy/arguments.ts";
import { deploy } from "./deploy/deploy.ts";
import { destroy } from "./deploy/destroy.ts";
import { dryRun } from "./deploy/dry-run.ts";
import { explain } from "./deploy/explain.ts";
import { findFlyctl, flyctlAt } from "./deploy/flyctl.ts";
import { Stop } from "./deploy/stop.ts";

const root = fileURLToPath(new URL("../", import.meta.url));
const INTERRUPTED_EXIT_CODE = 130;

process.once("SIGINT", () => {
	process.stderr.write("\nInterrupted. Run the same command again to continue.\n");
	process.exit(INTERRUPTED_EXIT_CODE);
});

try {
	const options = readArguments(process.argv.slice(2));
	if (options === undefined) {
		process.stdout.write(`${DEPLOY_HELP}\n`);
	} else if (options.dryRun) {
		process.stdout.write(dryRun(options, root));
	} else {
		// flyctl reads fly.toml and the sources from its working directory.
		process.chdir(root);
		const flyctl = flyctlAt(await findFlyctl(), (answer, args) => explain(answer, args, options.app));
		await (options.destroy ? destroy(flyctl, options) : deploy(flyctl, options, root));
	}
} catch (error) {
	if (!(error instanceof Stop)) throw error;
	process.stderr.write(`\n${error.message}\n`);
	process.exitCode = error.exitCode;
}
