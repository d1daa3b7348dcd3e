import { clusterName, valkeyName } from "../commands.ts";
import { severalCost } from "../cost.ts";
import { question } from "../question.ts";
import { Stop } from "../stop.ts";
import type { DatabasePlan } from "./plan.ts";

/** Prints the new resources with their prices. Throws unless --yes is given or the operator confirms at the terminal. */
export async function agree(app: string, { postgres, valkey, newMachines }: DatabasePlan, yes: boolean): Promise<void> {
	const price = severalCost();
	const items = [
		...(postgres === "new" ? [`Postgres ${clusterName(app)}, Basic, 10 GB: ${price.postgres}`] : []),
		...(valkey === "new" ? [`Valkey ${valkeyName(app)}, one machine, 256 MB: ${price.valkey}`] : []),
		...(newMachines > 0
			? [`${newMachines} new machine${newMachines > 1 ? "s" : ""}, 512 MB: each ${price.machine}`]
			: []),
	];
	if (items.length === 0) return;
	const lines = [
		`Fly.io bills this until you remove it, in US dollars per month, at the prices of ${price.asOf}:`,
		...items.map((item) => `  ${item}`),
		...(postgres === "new" || valkey === "new"
			? ["To use your own Postgres and Redis instead: --database-url-from-env."]
			: []),
	];
	process.stdout.write(`\n${lines.join("\n")}\n`);
	if (yes) return;
	if (!process.stdin.isTTY) {
		throw new Stop(2, "", "There is no terminal to ask for consent. Add --yes to agree. Nothing was created.");
	}
	const answer = await question("Create it? Type yes: ");
	if (!/^y(es)?$/i.test(answer)) throw new Stop(2, "", "Nothing was created.");
}
