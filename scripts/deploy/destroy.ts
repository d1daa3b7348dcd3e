import { findApp } from "./app.ts";
import type { DeployOptions } from "./arguments.ts";
import { destroyAppArgs, destroyClusterArgs } from "./commands.ts";
import { valkeyName } from "./databases/names.ts";
import { findCluster, type PostgresCluster } from "./databases/postgres.ts";
import type { Flyctl } from "./flyctl.ts";
import { question } from "./question.ts";
import { signIn } from "./sign-in.ts";
import { Stop } from "./stop.ts";

/**
 * Removes the app with its machines and volumes, and what was made for it beside it, each once whoever asks has typed
 * its name. What an interrupted removal left is found again by its name.
 */
export async function destroy(flyctl: Flyctl, { app, org, yes }: DeployOptions): Promise<void> {
	await signIn(flyctl);
	const there = await findApp(flyctl, app);
	const valkey = await findApp(flyctl, valkeyName(app));
	const cluster = await clusterOf(flyctl, app, org ?? there?.org ?? valkey?.org);
	if (there === undefined && valkey === undefined && cluster === undefined) {
		write(`There is no app ${app} among yours: nothing to remove.`);
		return;
	}
	if (there !== undefined) {
		write(
			`This removes ${app} from Fly.io with everything that was said in it, for good; Fly.io keeps no copy for you.`,
		);
		if (cluster !== undefined)
			write(`What its machines shared is in Postgres, ${cluster.name}, and asked for after it.`);
		else write(`To keep one: npm run backup -- --app ${app} chat.db`);
		if (!yes && !(await isConfirmed(app))) throw new Stop(2, "", "That is not its name. Nothing was removed.");
		await flyctl.must(destroyAppArgs(app));
		write(`${app} is gone, and costs nothing from now on.`);
	}
	if (valkey !== undefined) {
		write(`\n${valkeyName(app)} carried what its machines told one another; it keeps nothing.`);
		await remove(flyctl, valkeyName(app), destroyAppArgs(valkeyName(app)), yes);
	}
	if (cluster !== undefined) {
		write(`\n${cluster.name} is the Postgres with everything that was said; removing it is for good.`);
		write(`To keep a copy: pg_dump --schema=hubbub, through flyctl mpg proxy ${cluster.id}`);
		await remove(flyctl, cluster.name, destroyClusterArgs(cluster.id), yes);
	}
}

/** The cluster that was made for this app, as long as no other app uses it. */
async function clusterOf(flyctl: Flyctl, app: string, org: string | undefined): Promise<PostgresCluster | undefined> {
	if (org === undefined) return undefined;
	const cluster = await findCluster(flyctl, app, org).catch((error: Error) => {
		write(`Whether it has a Postgres can't be told: ${error.message}\nLook yourself: flyctl mpg list --org ${org}`);
		return undefined;
	});
	const others = cluster?.apps.filter((name) => name !== app) ?? [];
	if (cluster === undefined || others.length === 0) return cluster;
	write(`The Postgres ${cluster.name} stays: it is also there for ${others.join(", ")}.`);
	return undefined;
}

async function remove(flyctl: Flyctl, name: string, command: string[], yes: boolean): Promise<void> {
	if (yes || (await isConfirmed(name))) {
		await flyctl.must(command);
		write(`${name} is gone.`);
	} else {
		write(`\n${name} stays, and is billed. To remove it later: flyctl ${command.join(" ")}`);
	}
}

async function isConfirmed(name: string): Promise<boolean> {
	return (await question("Type its name to remove it: ")) === name;
}

function write(line: string): void {
	process.stdout.write(`${line}\n`);
}
