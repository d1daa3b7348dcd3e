import type { DeployOptions } from "./arguments.ts";
import { buildId } from "./build-id.ts";
import * as commands from "./commands.ts";
import { publicOriginOf, SECRET_NAMES } from "./secrets.ts";

const REGION = "REGION";
const MACHINE = "MACHINE";
const CLUSTER = "CLUSTER";

/** Returns the commands of a deployment or a removal as text. Runs none of them, and does not need flyctl. */
export function dryRun(options: DeployOptions, root: string): string {
	const lines = options.destroy ? removal(options) : deployment(options, root);
	return `${["These commands would run:", "", ...lines].join("\n")}\n`;
}

function deployment(options: DeployOptions, root: string): string[] {
	const { app, org, region, url, machines = 1 } = options;
	const isToShare = machines > 1;
	const config = isToShare ? commands.SEVERAL_MACHINES : commands.ONE_MACHINE;
	return [
		command(["auth", "whoami"]),
		...(region === undefined ? [] : [`${command(["platform", "regions", "--json"])}`]),
		command(["apps", "list", "--json"]),
		...(isToShare ? ["  (new resources are listed with their prices, and confirmed, before anything is created)"] : []),
		command(commands.createAppArgs(app, org)),
		"  (unless it exists)",
		...(isToShare ? sharing(options) : []),
		command(["secrets", "list", "-a", app, "--json"]),
		command(commands.importSecretsArgs(app)),
		`  (the missing ones of ${[...SECRET_NAMES, ...Object.keys(publicOriginOf(options))].join(", ")}, on standard input)`,
		command(commands.deployAppArgs(app, config, region, buildId(root))),
		`  (the region of ${isToShare ? "its first machine, if it has one" : "its volume, if it has one"})`,
		...(isToShare ? [command(commands.scaleArgs(app, machines))] : []),
		`GET ${url}/readyz, until this build responds${isToShare ? ", on each machine" : ""}`,
		`npm run smoke -- ${url}`,
	];
}

function sharing({ app, org = "ORG", region = REGION, ownDatabases, volume }: DeployOptions): string[] {
	const valkey = commands.valkeyName(app);
	const own = [
		"  (DATABASE_URL and REDIS_URL from this command's environment, on standard input, unless the app has them;",
		"  a missing one is created as without --database-url-from-env)",
	];
	const managed = [
		command(["mpg", "list", "--org", org, "--json"]),
		command(commands.createClusterArgs(commands.clusterName(app), org, region)),
		"  (unless it exists, or the app has a DATABASE_URL)",
	];
	const addresses = [
		command(commands.attachClusterArgs(CLUSTER, app)),
		"  (unless the app has a DATABASE_URL)",
		command(commands.createAppArgs(valkey, org)),
		command(commands.importSecretsArgs(valkey)),
		command(commands.deployValkeyArgs(valkey, region)),
		command(commands.importSecretsArgs(app)),
		"  (a new password for Valkey, then REDIS_URL; all four unless the app has a REDIS_URL)",
	];
	const close = command(commands.closeMachineArgs(app, MACHINE));
	return [
		...(ownDatabases ? [] : managed),
		...(volume === "move" ? [close] : []),
		...(ownDatabases ? [command(commands.importSecretsArgs(app)), ...own] : addresses),
		...(volume === "move"
			? [close, "flyctl ssh console: migrate-store, from its volume to Postgres, with a comparison"]
			: []),
		...(volume === undefined ? [] : [command(commands.destroyMachineArgs(app, MACHINE)), "  (its volume is kept)"]),
	];
}

function removal({ app }: DeployOptions): string[] {
	const asked = "  (after you have typed its name)";
	return [
		command(commands.destroyAppArgs(app)),
		asked,
		command(commands.destroyAppArgs(commands.valkeyName(app))),
		`${asked.slice(0, -1)}, if there is one)`,
		command(commands.destroyClusterArgs(CLUSTER)),
		`${asked.slice(0, -1)}, if there is one: ${commands.clusterName(app)})`,
	];
}

function command(args: string[]): string {
	return `flyctl ${args.join(" ")}`;
}
