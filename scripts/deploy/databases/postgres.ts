import * as v from "valibot";
import { attachClusterArgs, clusterName, createClusterArgs } from "../commands.ts";
import { explain } from "../explain.ts";
import type { Flyctl } from "../flyctl.ts";
import { secretNames } from "../secrets.ts";
import { Stop } from "../stop.ts";

/** Normally flyctl waits itself; this is for a cluster that an interrupted flyctl left behind. */
const READY_TIMEOUT_MS = 15 * 60_000;
const POLL_MS = 2_000;

const Clusters = v.array(
	v.object({
		id: v.string(),
		name: v.string(),
		status: v.string(),
		attachedapps: v.nullish(v.array(v.object({ name: v.string() }))),
	}),
);
export type PostgresCluster = { id: string; name: string; status: string; apps: string[] };

/** Finds the app's cluster of Managed Postgres by its name. */
export async function findCluster(flyctl: Flyctl, app: string, org: string): Promise<PostgresCluster | undefined> {
	const args = ["mpg", "list", "--org", org];
	const clusters = v.parse(Clusters, await flyctl.json(args, /^No managed postgres clusters found/));
	const found = clusters.find(({ name }) => name === clusterName(app));
	if (found === undefined) return undefined;
	const { id, name, status, attachedapps } = found;
	return { id, name, status, apps: (attachedapps ?? []).map((attached) => attached.name) };
}

/** Creates the cluster if it does not exist, and waits until it is ready. */
export async function ensureCluster(
	flyctl: Flyctl,
	app: string,
	org: string,
	region: string,
): Promise<PostgresCluster> {
	let failed: Stop | undefined;
	if ((await findCluster(flyctl, app, org)) === undefined) {
		const args = createClusterArgs(clusterName(app), org, region);
		const answer = await flyctl.ask(args);
		if (answer.code !== 0) failed = withAlternative(explain(answer, args, app));
	}
	const deadline = performance.now() + READY_TIMEOUT_MS;
	for (;;) {
		const cluster = await findCluster(flyctl, app, org);
		// An error of flyctl is ignored if the cluster exists afterwards.
		if (cluster === undefined) throw failed ?? new Stop(1, `The cluster ${clusterName(app)} no longer exists.`);
		if (cluster.status === "ready") return cluster;
		if (cluster.status === "error" || performance.now() > deadline) {
			throw new Stop(
				1,
				`The Postgres cluster ${cluster.name} does not become ready: its status is "${cluster.status}".`,
				`Remove it and run this command again to create a new one: flyctl mpg destroy ${cluster.id}`,
			);
		}
		await new Promise((resolve) => setTimeout(resolve, POLL_MS));
	}
}

/** Sets the app's DATABASE_URL. The output of flyctl contains it, and is not shown. */
export async function attach(flyctl: Flyctl, app: string, { id }: PostgresCluster): Promise<void> {
	const args = attachClusterArgs(id, app);
	const answer = await flyctl.ask(args);
	if (answer.code === 0 || (await secretNames(flyctl, app)).includes("DATABASE_URL")) return;
	throw explain(answer, args, app);
}

function withAlternative(stop: Stop): Stop {
	return new Stop(
		stop.exitCode,
		stop.message,
		"To use your own Postgres instead: DATABASE_URL in the environment, with --database-url-from-env.",
	);
}
