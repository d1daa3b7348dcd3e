import assert from "node:assert/strict";
import { test } from "node:test";
import { startFakeFly } from "./testing/fake-fly.ts";
import type { FakeFlyState, FakeMachine } from "./testing/state.ts";

const APP = "my-chat";
const SINGLE: FakeMachine = { id: "11aa44ee11aa44", region: "fra", state: "started", build: "old", pid: undefined };
const VOLUME = { id: "vol_1", region: "fra", sizeGb: 1 };
const CLOSED = ["sleep", "infinity"];

function app(
	state: FakeFlyState,
	machines: Partial<FakeMachine>[],
	secrets: Record<string, string> = {},
	volumes = [VOLUME],
) {
	const whole = machines.map((machine) => ({ ...SINGLE, ...machine }));
	state.apps[APP] = { org: "personal", secrets, released: [], volumes, machines: whole };
}
const onVolume = (state: FakeFlyState) => app(state, [{ volume: "vol_1" }]);

const refusals: [
	what: string,
	args: string[],
	setUp: (state: FakeFlyState) => void,
	env: NodeJS.ProcessEnv,
	says: RegExp[],
][] = [
	[
		"there is no terminal to confirm the cost",
		["--machines", "3"],
		() => {},
		{},
		[/Postgres my-chat-db/, /no terminal.*--yes/, /Nothing was created/],
	],
	[
		"its data is on a volume and neither --move-data nor --leave-volume is given",
		["--machines", "3", "--yes"],
		onVolume,
		{},
		[/--machines 3 --move-data/, /--machines 3 --leave-volume/, /npm run backup -- --app my-chat/],
	],
	[
		"it has a volume and no machine, and neither option is given",
		["--machines", "3", "--yes"],
		(state) => app(state, []),
		{},
		[/--move-data/, /--leave-volume/],
	],
	[
		"it has a volume to move and no machine to read it",
		["--machines", "3", "--yes", "--move-data"],
		(state) => app(state, []),
		{},
		[/no machine to read it/, /Deploy it to one machine first/],
	],
	[
		"two machines have a database each",
		["--machines", "3", "--yes", "--move-data"],
		(state) => app(state, [{ volume: "vol_1" }, { id: "2", volume: "vol_2" }]),
		{},
		[/each with its own database/, /scale count 1/],
	],
	[
		"its data is being moved",
		[],
		(state) => app(state, [{ volume: "vol_1", command: CLOSED }], { DATABASE_URL: "postgres://pg.example.org/chat" }),
		{},
		[
			/closed, because its data is being moved/,
			/To continue: .*--move-data/,
			/secrets unset DATABASE_URL REDIS_URL --stage/,
		],
	],
	[
		"it has no volume and no databases either",
		[],
		(state) => app(state, [{}], {}, []),
		{},
		[/no DATABASE_URL and no REDIS_URL/, /--machines 2 or more/],
	],
	[
		"a cluster of that name belongs to another app",
		["--machines", "3", "--yes"],
		(state) => {
			const name = "my-chat-db";
			state.clusters = [{ id: "c1", name, org: "personal", region: "fra", status: "ready", apps: ["shop"] }];
		},
		{},
		[/my-chat-db already exists, for shop/, /--database-url-from-env/],
	],
	[
		"the environment has no database",
		["--machines", "3", "--yes", "--database-url-from-env"],
		() => {},
		{},
		[/needs DATABASE_URL, REDIS_URL or both/],
	],
	[
		"the environment's database is on this computer",
		["--machines", "3", "--yes", "--database-url-from-env"],
		() => {},
		{ DATABASE_URL: "postgres://me:secret@localhost/chat" },
		[/refers to this computer/],
	],
	[
		"the environment's database is of another kind",
		["--machines", "3", "--yes", "--database-url-from-env"],
		() => {},
		{ DATABASE_URL: "mysql://me:secret@db.example.org/chat" },
		[/has to begin with postgres:\/\/ or postgresql:\/\//],
	],
];

for (const [what, args, setUp, env, says] of refusals) {
	test(`several machines are refused when ${what}, with a remedy, and nothing is changed`, async (t) => {
		const fly = await startFakeFly(t, setUp);
		const { apps: before, clusters } = fly.state();
		const { code, output } = await fly.deploy(["--app", APP, ...args], "", env);
		assert.equal(code, 2, output);
		for (const pattern of says) assert.match(output, pattern);
		assert.doesNotMatch(output, /^ +at .*:\d+:\d+/m, "no stack trace");
		assert.doesNotMatch(output, /secret@/);
		assert.deepEqual(fly.state().apps, before);
		assert.deepEqual(fly.state().clusters, clusters);
	});
}

test("a region without Managed Postgres is reported with the output of flyctl and the alternative", async (t) => {
	const fly = await startFakeFly(t);
	const { code, output } = await fly.deploy(["--app", APP, "--machines", "2", "--yes", "--region", "iad"]);
	assert.equal(code, 1, output);
	assert.match(output, /iad is not available for Managed Postgres\. Available regions: \[ams fra\]/);
	assert.match(output, /--database-url-from-env/);
	assert.deepEqual(fly.state().clusters, []);
});

const mistakes: [args: string[], says: RegExp][] = [
	[["--machines", "0"], /--machines takes 1 to 20/],
	[["--machines", "21"], /--machines takes 1 to 20/],
	[["--machines", "two"], /"two" is not a valid number/],
	[["--move-data"], /give --machines N as well/],
	[["--machines", "2", "--move-data", "--leave-volume"], /Give one of them/],
];
for (const [args, says] of mistakes) {
	test(`the command line "${args.join(" ")}" is refused with a sentence`, async (t) => {
		const fly = await startFakeFly(t);
		const { code, output } = await fly.deploy(["--app", APP, ...args]);
		assert.equal(code, 2);
		assert.match(output, says);
		assert.deepEqual(fly.state().log, []);
	});
}

test("a dry run of several machines prints every step and runs none", async (t) => {
	const fly = await startFakeFly(t);
	const args = ["--app", APP, "--machines", "3", "--region", "ams", "--org", "acme", "--move-data", "--dry-run"];
	const { code, output } = await fly.deploy(args);
	assert.equal(code, 0, output);
	assert.deepEqual(fly.state().log, []);
	const update =
		"flyctl machine update MACHINE -a my-chat --command sleep infinity --autostop=off --skip-health-checks --yes";
	assert.deepEqual(
		output
			.split("\n")
			.filter((line) => /^(flyctl|GET|npm)/.test(line))
			.map((line) => line.replace(/BUILD_ID=\S+/, "BUILD_ID=…")),
		[
			"flyctl auth whoami",
			"flyctl platform regions --json",
			"flyctl apps list --json",
			"flyctl apps create my-chat --org acme --yes",
			"flyctl mpg list --org acme --json",
			"flyctl mpg create --name my-chat-db --org acme --region ams --plan basic --volume-size 10",
			update,
			"flyctl mpg attach CLUSTER -a my-chat",
			"flyctl apps create my-chat-valkey --org acme --yes",
			"flyctl secrets import --stage -a my-chat-valkey",
			"flyctl deploy -a my-chat-valkey -c scripts/deploy/valkey.toml --ha=false --primary-region ams --yes",
			"flyctl secrets import --stage -a my-chat",
			update,
			"flyctl ssh console: migrate-store, from its volume to Postgres, with a comparison",
			"flyctl machine destroy MACHINE -a my-chat --force",
			"flyctl secrets list -a my-chat --json",
			"flyctl secrets import --stage -a my-chat",
			"flyctl deploy -a my-chat -c scripts/deploy/fly.machines.toml --remote-only --ha=false --primary-region ams --build-arg BUILD_ID=… --yes",
			"flyctl scale count 3 -a my-chat --yes",
			"GET https://my-chat.fly.dev/readyz, until this build responds, on each machine",
			"npm run smoke -- https://my-chat.fly.dev",
		],
	);
});

function withDatabases(state: FakeFlyState): void {
	app(state, [{}, { id: "22aa44ee22aa44" }], { DATABASE_URL: "postgres://x", REDIS_URL: "redis://x" }, []);
	state.apps[`${APP}-valkey`] = { org: "personal", secrets: {}, released: [], volumes: [], machines: [] };
	state.clusters = [{ id: "c1", name: `${APP}-db`, org: "personal", region: "fra", status: "ready", apps: [APP] }];
}

test("a removal asks for the name of each database, and keeps one whose name is not typed", async (t) => {
	const fly = await startFakeFly(t, withDatabases);
	const typed = [APP, `${APP}-valkey`, "no"].map((line) => `${line}\n`).join("");
	const { code, output } = await fly.deploy(["--app", APP, "--destroy"], typed);
	assert.equal(code, 0, output);
	assert.deepEqual(fly.state().apps, {});
	assert.equal(fly.state().clusters.length, 1);
	assert.match(output, /my-chat-db is kept, and billed\. To remove it later: flyctl mpg destroy c1 --yes/);
	assert.match(output, /pg_dump --schema=hubbub/);

	const again = await fly.deploy(["--app", APP, "--destroy", "--org", "personal"], `${APP}-db\n`);
	assert.equal(again.code, 0, again.output);
	assert.deepEqual(fly.state().clusters, [], "the next removal finds it by its name");
});

test("a removal with --yes removes everything except a database that another app uses", async (t) => {
	const fly = await startFakeFly(t, withDatabases);
	const { code, output } = await fly.deploy(["--app", APP, "--destroy", "--yes"]);
	assert.equal(code, 0, output);
	assert.deepEqual([fly.state().apps, fly.state().clusters], [{}, []]);

	const other = await startFakeFly(t, (state) => {
		withDatabases(state);
		state.clusters[0]!.apps = [APP, "shop"];
	});
	const { code: second, output: said } = await other.deploy(["--app", APP, "--destroy", "--yes"]);
	assert.equal(second, 0, said);
	assert.equal(other.state().clusters.length, 1);
	assert.match(said, /shop/);
});
