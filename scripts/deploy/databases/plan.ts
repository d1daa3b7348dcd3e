import { findApp } from "../app.ts";
import type { DeployOptions } from "../arguments.ts";
import type { Flyctl } from "../flyctl.ts";
import type { Situation } from "../situation.ts";
import { Stop } from "../stop.ts";
import { clusterName, valkeyName } from "./names.ts";
import { type Address, ownAddresses } from "./own.ts";
import { findCluster } from "./postgres.ts";

/** `set`: the app has its address already. `own`: the environment has it. `there`: begun earlier. `new`: to be made. */
export type DatabaseSource = "set" | "own" | "there" | "new";

/** Where the databases of several machines come from, and what is new and will be billed. */
export type DatabasePlan = {
	postgres: DatabaseSource;
	valkey: DatabaseSource;
	own: Partial<Record<Address, string>>;
	newMachines: number;
};

/** Looks only; what the app has as its secrets wins, then what the operator brings, then what was made before. */
export async function plan(
	flyctl: Flyctl,
	options: DeployOptions,
	{ machines, secrets }: Pick<Situation, "machines" | "secrets">,
	org: string,
): Promise<DatabasePlan> {
	const { app, ownDatabases, machines: wanted = 1 } = options;
	const own = ownDatabases ? ownAddresses(process.env) : {};
	const source = async (name: Address, isThere: () => Promise<boolean>): Promise<DatabaseSource> => {
		if (secrets.includes(name)) return "set";
		if (own[name] !== undefined) return "own";
		return (await isThere()) ? "there" : "new";
	};
	return {
		postgres: await source("DATABASE_URL", async () => {
			const cluster = await findCluster(flyctl, app, org);
			const others = cluster?.apps.filter((name) => name !== app) ?? [];
			if (others.length > 0) {
				throw new Stop(
					2,
					`The Postgres cluster ${clusterName(app)} is there already, for ${others.join(", ")}.`,
					"Choose another --app, or bring your own: DATABASE_URL in the environment, --database-url-from-env.",
				);
			}
			return cluster !== undefined;
		}),
		valkey: await source("REDIS_URL", async () => (await findApp(flyctl, valkeyName(app))) !== undefined),
		own,
		newMachines: Math.max(0, wanted - machines.length),
	};
}
