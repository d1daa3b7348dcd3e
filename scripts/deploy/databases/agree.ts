import { severalCost } from "../cost.ts";
import { question } from "../question.ts";
import { Stop } from "../stop.ts";
import { clusterName, valkeyName } from "./names.ts";
import type { DatabasePlan } from "./plan.ts";

/** Names what is new and its price, and goes on only when somebody at the terminal, or --yes, says so. */
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
		`Fly.io bills this as long as it is there, in US dollars a month, with its prices of ${price.asOf}:`,
		...items.map((item) => `  ${item}`),
		...(postgres === "new" || valkey === "new"
			? ["Your own Postgres and Redis do as well: --database-url-from-env."]
			: []),
	];
	process.stdout.write(`\n${lines.join("\n")}\n`);
	if (yes) return;
	if (!process.stdin.isTTY) {
		throw new Stop(2, "", "This is no terminal that could be asked: add --yes to agree. Nothing was made.");
	}
	const answer = await question("Set it up? Type yes: ");
	if (!/^y(es)?$/i.test(answer)) throw new Stop(2, "", "Nothing was made.");
}
