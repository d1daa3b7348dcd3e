import { randomBytes } from "node:crypto";
import type { FakeApp, FakeCluster, FakeFlyState } from "./state.ts";

type Flags = Record<string, unknown>;

/** Returns the output of `flyctl mpg list`: without clusters a sentence, even with --json. */
export function listClusters({ clusters, orgs }: FakeFlyState, org: string | undefined): unknown {
	if (org === undefined || orgs[org] === undefined) throw new Error(`organization ${org} not found`);
	const own = clusters.filter((cluster) => cluster.org === org);
	if (own.length === 0) return `No managed postgres clusters found in organization ${org}`;
	return own.map(({ id, name, region, status, apps }) => ({
		id,
		name,
		region,
		status,
		plan: "basic",
		disk: 10,
		replicas: 1,
		organization: { slug: org },
		attached_apps: apps.map((app, index) => ({ name: app, id: index })),
	}));
}

export function createCluster(state: FakeFlyState, flags: Flags): string {
	const { name, org, region } = flags as Record<string, string | undefined>;
	if (org === undefined) throw new Error("org slug must be specified when not running interactively");
	if (state.orgs[org] === undefined) throw new Error(`organization ${org} not found`);
	if (name === undefined || region === undefined) throw new Error("prompt: non interactive");
	if (!state.clusterRegions.includes(region)) {
		const available = `[${state.clusterRegions.join(" ")}]`;
		throw new Error(`region ${region} is not available for Managed Postgres. Available regions: ${available}`);
	}
	const cluster: FakeCluster = { id: randomBytes(8).toString("hex"), name, org, region, status: "ready", apps: [] };
	state.clusters.push(cluster);
	return [
		"Selected Plan: Basic",
		`Waiting for cluster ${name} (${cluster.id}) to be ready...`,
		"Managed Postgres cluster created successfully!",
		`  Connection string: ${addressOf(state, cluster)}`,
	].join("\n");
}

export function attachCluster(state: FakeFlyState, name: string, app: FakeApp, id: string): string {
	const cluster = found(state, id);
	if (cluster.org !== app.org) throw new Error("They must be in the same organization to attach");
	if (app.secrets.DATABASE_URL !== undefined) {
		throw new Error(
			`app ${name} already has DATABASE_URL set. Use 'fly secrets unset DATABASE_URL' to remove it first`,
		);
	}
	app.secrets.DATABASE_URL = addressOf(state, cluster);
	cluster.apps.push(name);
	return `The following secret was added to ${name}:\n  DATABASE_URL=${app.secrets.DATABASE_URL}`;
}

export function destroyCluster(state: FakeFlyState, id: string, yes: boolean): string {
	if (!yes) throw new Error("--yes flag must be specified when not running interactively");
	const cluster = found(state, id);
	state.clusters.splice(state.clusters.indexOf(cluster), 1);
	return `Managed Postgres cluster ${cluster.name} (${id}) scheduled to be destroyed (may take some time)`;
}

function found({ clusters }: FakeFlyState, id: string): FakeCluster {
	const cluster = clusters.find((one) => one.id === id);
	if (cluster === undefined) throw new Error(`managed postgres cluster "${id}" not found`);
	return cluster;
}

function addressOf({ databases }: FakeFlyState, { id }: FakeCluster): string {
	return databases?.postgresUrl ?? `postgresql://fly-user:s3cret-of-${id}@pgbouncer.${id}.flympg.net/fly-db`;
}
