/** A command that fails before or after it takes effect. `{input}` in the message is replaced by the standard input. */
export type InjectedFailure = {
	command: string;
	when: "before" | "after";
	message: string;
	times: number;
	/** The number of commands of that name that succeed first. */
	skip?: number;
};

export type FakeApp = {
	org: string;
	secrets: Record<string, string>;
	/** Secrets that were applied to a machine. */
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
	/** Replaces the command of the image. */
	command?: string[] | undefined;
	/** The process of the machine. Without real databases, all machines of an app are one process. */
	pid: number | undefined;
	port?: number | undefined;
};

export type FakeCluster = { id: string; name: string; org: string; region: string; status: string; apps: string[] };

/** Real database servers; without them the machines use an SQLite file. */
export type RealDatabases = { postgresUrl: string; redisPort: number };

/** The state of the fake Fly.io. */
export type FakeFlyState = {
	login: string | undefined;
	orgs: Record<string, string>;
	regions: string[];
	/** App names of other people. */
	taken: string[];
	hasCard: boolean;
	/** The case of the keys in the JSON of this version of flyctl. */
	keys: "snake_case" | "TitleCase";
	/** Deployments succeed but leave the old build running. */
	brokenBuild: boolean;
	/** The port of the machine. */
	port: number;
	/** The folder that replaces the volume. */
	dataFolder: string;
	failures: InjectedFailure[];
	apps: Record<string, FakeApp>;
	/** Managed Postgres. */
	clusters: FakeCluster[];
	/** The regions with Managed Postgres. */
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
