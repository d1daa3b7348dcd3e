import { findApp } from "../app.ts";
import type { DeployOptions } from "../arguments.ts";
import { clusterName, valkeyName } from "../commands.ts";
import type { Flyctl } from "../flyctl.ts";
import type { Situation } from "../situation.ts";
import { Stop } from "../stop.ts";
import { findCluster } from "./postgres.ts";

const SCHEMES = { DATABASE_URL: ["postgres:", "postgresql:"], REDIS_URL: ["redis:", "rediss:"] };
type Address = keyof typeof SCHEMES;

/** `set`: a secret of the app. `own`: in the environment. `existing`: created earlier. `new`: has to be created. */
export type DatabaseSource = "set" | "own" | "existing" | "new";

/** The sources of the databases of several machines, and the new resources that will be billed. */
export type DatabasePlan = {
	postgres: DatabaseSource;
	valkey: DatabaseSource;
	own: Partial<Record<Address, string>>;
	newMachines: number;
};

/** Finds the databases, in this order: the secrets of the app, the environment, and those created earlier. Changes nothing. */
export async function planDatabases(
	flyctl: Flyctl,
	options: DeployOptions,
	{ machines, secrets }: Pick<Situation, "machines" | "secrets">,
	org: string,
): Promise<DatabasePlan> {
	const { app, ownDatabases, machines: wanted = 1 } = options;
	const own = ownDatabases ? ownAddresses(process.env) : {};
	const source = async (name: Address, exists: () => Promise<boolean>): Promise<DatabaseSource> => {
		if (secrets.includes(name)) return "set";
		if (own[name] !== undefined) return "own";
		return (await exists()) ? "existing" : "new";
	};
	return {
		postgres: await source("DATABASE_URL", async () => {
			const cluster = await findCluster(flyctl, app, org);
			const others = cluster?.apps.filter((name) => name !== app) ?? [];
			if (others.length > 0) {
				throw new Stop(
					2,
					`The Postgres cluster ${clusterName(app)} already exists, for ${others.join(", ")}.`,
					"Choose another --app, or use your own Postgres: DATABASE_URL in the environment, with --database-url-from-env.",
				);
			}
			return cluster !== undefined;
		}),
		valkey: await source("REDIS_URL", async () => (await findApp(flyctl, valkeyName(app))) !== undefined),
		own,
		newMachines: Math.max(0, wanted - machines.length),
	};
}

/** Reads the addresses of the operator's databases from the environment. Throws for invalid ones; never prints them. */
function ownAddresses(env: NodeJS.ProcessEnv): Partial<Record<Address, string>> {
	const own: Partial<Record<Address, string>> = {};
	for (const name of ["DATABASE_URL", "REDIS_URL"] as const) {
		const given = env[name]?.trim();
		if (given === undefined || given === "") continue;
		const url = URL.parse(given);
		if (url === null || !SCHEMES[name].includes(url.protocol) || /\s/.test(given)) {
			throw new Stop(
				2,
				`${name} in the environment is not a database URL. It has to begin with ${SCHEMES[name].join("// or ")}//.`,
			);
		}
		if (/^(localhost|127\..*|\[::1\]|)$/.test(url.hostname)) {
			throw new Stop(2, `${name} in the environment refers to this computer, which the machines cannot reach.`);
		}
		own[name] = given;
	}
	if (Object.keys(own).length === 0) {
		throw new Stop(2, "--database-url-from-env needs DATABASE_URL, REDIS_URL or both in the environment.");
	}
	return own;
}
