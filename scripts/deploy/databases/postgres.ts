import * as v from "valibot";
import { attachClusterArgs, createClusterArgs } from "../commands.ts";
import { explain } from "../explain.ts";
import type { Flyctl } from "../flyctl.ts";
import { secretNames } from "../secrets.ts";
import { Stop } from "../stop.ts";
import { clusterName } from "./names.ts";

/** A cluster is there after some minutes; flyctl waits by itself, this is for one that it left behind. */
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

/** The app's cluster of Managed Postgres, found by its name. */
export async function findCluster(flyctl: Flyctl, app: string, org: string): Promise<PostgresCluster | undefined> {
	const args = ["mpg", "list", "--org", org];
	const clusters = v.parse(Clusters, await flyctl.json(args, /^No managed postgres clusters found/));
	const found = clusters.find(({ name }) => name === clusterName(app));
	if (found === undefined) return undefined;
	const { id, name, status, attachedapps } = found;
	return { id, name, status, apps: (attachedapps ?? []).map((attached) => attached.name) };
}

/** Makes the cluster unless it is there, and waits until it can be used. */
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
		if (answer.code !== 0) failed = withOtherWays(explain(answer, args, app));
	}
	const deadline = performance.now() + READY_TIMEOUT_MS;
	for (;;) {
		const cluster = await findCluster(flyctl, app, org);
		// A creation that failed half-way counts once the cluster is there.
		if (cluster === undefined) throw failed ?? new Stop(1, `The cluster ${clusterName(app)} is gone again.`);
		if (cluster.status === "ready") return cluster;
		if (cluster.status === "error" || performance.now() > deadline) {
			throw new Stop(
				1,
				`The Postgres cluster ${cluster.name} does not become ready: its status is "${cluster.status}".`,
				`Remove it and run this again, for a new one: flyctl mpg destroy ${cluster.id}`,
			);
		}
		await new Promise((resolve) => setTimeout(resolve, POLL_MS));
	}
}

/** Gives the app its DATABASE_URL. flyctl prints it, so what it says is kept from the terminal. */
export async function attach(flyctl: Flyctl, app: string, { id }: PostgresCluster): Promise<void> {
	const args = attachClusterArgs(id, app);
	const answer = await flyctl.ask(args);
	if (answer.code === 0 || (await secretNames(flyctl, app)).includes("DATABASE_URL")) return;
	throw explain(answer, args, app);
}

function withOtherWays(stop: Stop): Stop {
	return new Stop(
		stop.exitCode,
		stop.message,
		"A Postgres of your own, wherever it is, does as well: DATABASE_URL in the environment, --database-url-from-env.",
	);
}
