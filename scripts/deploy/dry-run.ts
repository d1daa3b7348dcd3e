import type { DeployOptions } from "./arguments.ts";
import { buildId } from "./build-id.ts";
import { createApp, deployApp, destroyApp, importSecrets } from "./commands.ts";
import { SECRET_NAMES } from "./secrets.ts";

/** What would be run, as text. Nothing is: flyctl need not even be installed. */
export function dryRun({ app, org, region, url, destroy }: DeployOptions, root: string): string {
	const lines = destroy
		? [command(destroyApp(app)), "  (after you typed its name)"]
		: [
				command(["auth", "whoami"]),
				...(region === undefined ? [] : [`${command(["platform", "regions", "--json"])}`]),
				command(["apps", "list", "--json"]),
				command(createApp(app, org)),
				"  (unless it is there)",
				command(["secrets", "list", "-a", app, "--json"]),
				command(importSecrets(app)),
				`  (those of ${SECRET_NAMES.join(", ")} that are missing, new ones, on standard input)`,
				command(deployApp(app, region, buildId(root))),
				"  (the region of its volume, if it has one)",
				`GET ${url}/readyz, until it is this build that answers`,
				`npm run smoke -- ${url}`,
			];
	return `${["This would be run; nothing was:", "", ...lines].join("\n")}\n`;
}

function command(args: string[]): string {
	return `flyctl ${args.join(" ")}`;
}
