import { readFileSync, renameSync, writeFileSync } from "node:fs";

/**
 * A command that is to fail: `before` it did anything, or `after`, when only the news of it got lost. In `says`,
 * `{input}` stands for what came on standard input.
 */
export type InjectedFailure = {
	command: string;
	when: "before" | "after";
	says: string;
	times: number;
	/** So many commands of that name go well first. */
	skip?: number;
};

export type FakeApp = {
	org: string;
	secrets: Record<string, string>;
	/** Secrets that a machine has been given. */
	released: string[];
	volumes: { id: string; region: string; sizeGb: number }[];
	machines: FakeMachine[];
};

export type FakeMachine = {
	id: string;
	region: string;
	state: string;
	build: string;
	/** The volume that is mounted. */
	volume?: string | undefined;
	/** What runs instead of the image's own command. */
	command?: string[] | undefined;
	/** Of the process that stands for it; machines that share their databases are one process where those aren't real. */
	pid: number | undefined;
	port?: number | undefined;
};

export type FakeCluster = { id: string; name: string; org: string; region: string; status: string; apps: string[] };

/** Real servers for the stand-in's databases; without them the machines run on an SQLite file. */
export type RealDatabases = { postgresUrl: string; redisPort: number };

/** What the stand-in for Fly.io remembers between commands, in one JSON file. */
export type FakeFlyState = {
	login: string | undefined;
	orgs: Record<string, string>;
	regions: string[];
	/** App names of other people. */
	taken: string[];
	hasCard: boolean;
	/** How this version of flyctl writes the keys of its JSON. */
	keys: "snake_case" | "TitleCase";
	/** A deployment that "succeeds" leaves the old build running. */
	brokenBuild: boolean;
	/** Where the machine is served. */
	port: number;
	/** What stands for the volume. */
	dataFolder: string;
	failures: InjectedFailure[];
	apps: Record<string, FakeApp>;
	/** Managed Postgres. */
	clusters: FakeCluster[];
	/** Where Managed Postgres is to be had. */
	clusterRegions: string[];
	databases: RealDatabases | undefined;
	/** Every command line, in order. */
	log: string[][];
};

export function emptyState(port: number, dataFolder: string): FakeFlyState {
	return {
		login: "ada@example.org",
		orgs: { personal: "Ada" },
		regions: ["ams", "fra", "iad"],
		taken: ["taken"],
		hasCard: true,
		keys: "snake_case",
		brokenBuild: false,
		port,
		dataFolder,
		failures: [],
		apps: {},
		clusters: [],
		clusterRegions: ["ams", "fra"],
		databases: undefined,
		log: [],
	};
}

export function readState(file: string): FakeFlyState {
	return JSON.parse(readFileSync(file, "utf8")) as FakeFlyState;
}

/** Whole or not at all: a test may read while a command writes. */
export function writeState(file: string, state: FakeFlyState): void {
	writeFileSync(`${file}.new`, JSON.stringify(state, undefined, "\t"));
	renameSync(`${file}.new`, file);
}
