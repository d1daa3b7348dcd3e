import { checkLogin, findApp } from "./app.ts";
import type { DeployOptions } from "./arguments.ts";
import { destroyAppArgs, destroyClusterArgs, valkeyName } from "./commands.ts";
import { findCluster, type PostgresCluster } from "./databases/postgres.ts";
import type { Flyctl } from "./flyctl.ts";
import { question } from "./question.ts";
import { Stop } from "./stop.ts";

/**
 * Removes the app with its machines and volumes, and the databases that were created for it. Asks for the name of each. An
 * interrupted removal can be repeated.
 */
export async function destroy(flyctl: Flyctl, { app, org, yes }: DeployOptions): Promise<void> {
	await checkLogin(flyctl);
	const existing = await findApp(flyctl, app);
	const valkey = await findApp(flyctl, valkeyName(app));
	const cluster = await clusterOf(flyctl, app, org ?? existing?.org ?? valkey?.org);
	if (existing === undefined && valkey === undefined && cluster === undefined) {
		write(`You have no app ${app}: there is nothing to remove.`);
		return;
	}
	if (existing !== undefined) {
		write(`This permanently removes ${app} from Fly.io with all its messages. Fly.io keeps no copy for you.`);
		if (cluster !== undefined)
			write(`The messages are in the Postgres ${cluster.name}. Its removal is asked for afterwards.`);
		else write(`To keep a copy: npm run backup -- --app ${app} chat.db`);
		if (!yes && !(await isConfirmed(app))) throw new Stop(2, "", "The name does not match. Nothing was removed.");
		await flyctl.must(destroyAppArgs(app));
		write(`${app} was removed, and is no longer billed.`);
	}
	if (valkey !== undefined) {
		write(`\n${valkeyName(app)} is its Valkey, which stores no messages.`);
		await remove(flyctl, valkeyName(app), destroyAppArgs(valkeyName(app)), yes);
	}
	if (cluster !== undefined) {
		write(`\n${cluster.name} is its Postgres, with all messages. The removal is permanent.`);
		write(`To keep a copy: pg_dump --schema=hubbub, through flyctl mpg proxy ${cluster.id}`);
		await remove(flyctl, cluster.name, destroyClusterArgs(cluster.id), yes);
	}
}

/** Returns the cluster that was created for this app, unless another app uses it. */
async function clusterOf(flyctl: Flyctl, app: string, org: string | undefined): Promise<PostgresCluster | undefined> {
	if (org === undefined) return undefined;
	const cluster = await findCluster(flyctl, app, org).catch((error: Error) => {
		write(
			`Could not find out whether it has a Postgres: ${error.message}\nCheck it with: flyctl mpg list --org ${org}`,
		);
		return undefined;
	});
	const others = cluster?.apps.filter((name) => name !== app) ?? [];
	if (cluster === undefined || others.length === 0) return cluster;
	write(`The Postgres ${cluster.name} is kept: ${others.join(", ")} uses it too.`);
	return undefined;
}

async function remove(flyctl: Flyctl, name: string, command: string[], yes: boolean): Promise<void> {
	if (yes || (await isConfirmed(name))) {
		await flyctl.must(command);
		write(`${name} was removed.`);
	} else {
		write(`\n${name} is kept, and billed. To remove it later: flyctl ${command.join(" ")}`);
	}
}

async function isConfirmed(name: string): Promise<boolean> {
	return (await question("Type its name to remove it: ")) === name;
}

function write(line: string): void {
	process.stdout.write(`${line}\n`);
}
