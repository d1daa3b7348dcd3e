import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { root } from "../root.ts";
import { runCommand, type ScriptRun, startFakeFly } from "./testing/fake-fly.ts";
import type { FakeFlyState } from "./testing/state.ts";

const APP = "my-chat";
const SEVERAL = ["--app", APP, "--machines", "3"];

/** Returns the commands that ran, without the parts that differ each time. */
function commands({ log, clusters }: FakeFlyState): string[] {
	return log.map((argv) =>
		argv
			.join(" ")
			.replace(/BUILD_ID=\S+/, "BUILD_ID=…")
			.replaceAll(clusters[0]?.id ?? "CLUSTER", "CLUSTER"),
	);
}

const DEPLOY = `deploy -a ${APP} -c scripts/deploy/fly.machines.toml --remote-only --ha=false`;
const FIRST = [
	"version",
	"auth whoami",
	"apps list --json",
	"orgs list --json",
	"mpg list --org personal --json",
	"apps list --json",
	`apps create ${APP} --org personal --yes`,
	"mpg list --org personal --json",
	`mpg create --name ${APP}-db --org personal --region fra --plan basic --volume-size 10`,
	"mpg list --org personal --json",
	`mpg attach CLUSTER -a ${APP}`,
	"apps list --json",
	`apps create ${APP}-valkey --org personal --yes`,
	`secrets import --stage -a ${APP}-valkey`,
	`deploy -a ${APP}-valkey -c scripts/deploy/valkey.toml --ha=false --primary-region fra --yes`,
	`secrets import --stage -a ${APP}`,
	`secrets list -a ${APP} --json`,
	`secrets import --stage -a ${APP}`,
	`${DEPLOY} --build-arg BUILD_ID=… --yes`,
	`scale count 3 -a ${APP} --yes`,
	`machine list -a ${APP} --json`,
	`volumes list -a ${APP} --json`,
];
const AGAIN = [
	"version",
	"auth whoami",
	"apps list --json",
	`machine list -a ${APP} --json`,
	`volumes list -a ${APP} --json`,
	`secrets list -a ${APP} --json`,
	`${DEPLOY} --primary-region fra --build-arg BUILD_ID=… --yes`,
	`machine list -a ${APP} --json`,
	`volumes list -a ${APP} --json`,
];

test("a first deployment to several machines, and a second one that keeps their number", async (t) => {
	const fly = await startFakeFly(t);
	const first = await fly.deploy([...SEVERAL, "--yes", "--url", fly.url]);
	assert.equal(first.code, 0, first.output);
	const state = fly.state();
	assert.deepEqual(commands(state), FIRST);
	const { secrets, released, volumes, machines } = state.apps[APP]!;
	const names = ["ADMIN_TOKEN", "DATABASE_URL", "LOAD_TOKEN", "REDIS_URL", "SESSION_SECRET"];
	assert.deepEqual(released.sort(), names, "all machines have the same secrets");
	assert.equal(machines.length, 3);
	assert.deepEqual(volumes, []);
	const password = /^--requirepass ([\w-]{43})$/.exec(
		state.apps[`${APP}-valkey`]?.secrets.VALKEY_EXTRA_FLAGS ?? "",
	)?.[1];
	assert.equal(secrets.REDIS_URL, `redis://default:${password}@${APP}-valkey.internal:6379`);
	for (const value of [...Object.values(secrets), String(password)]) {
		assert.ok(!first.output.includes(value), "a secret is on the terminal");
		assert.ok(!JSON.stringify(state.log).includes(value), "a secret is on a command line");
	}
	assert.match(first.output, /prices of \d{4}-\d\d-\d\d/);
	assert.match(first.output, /Postgres my-chat-db, Basic, 10 GB: 38 plan \+ 10 GB x 0\.28 = 40\.80/);
	assert.match(first.output, /3 new machines, 512 MB: each 2\.02 machine \+ 0\.25 GB memory x 5 = 3\.27/);
	assert.match(first.output, /all 3 machines are ready/);
	assert.match(first.output, /together +52\.63 with 3 machines/);

	fly.change((changed) => {
		changed.log = [];
	});
	const second = await fly.deploy(["--app", APP, "--url", fly.url]);
	assert.equal(second.code, 0, second.output);
	assert.deepEqual(commands(fly.state()), AGAIN, "it asks nothing, creates nothing, and keeps the number of machines");
	assert.equal(fly.state().apps[APP]?.machines.length, 3);
	assert.deepEqual(fly.state().apps[APP]?.secrets, secrets);
});

test("more machines need consent, fewer do not, and nothing else changes", async (t) => {
	const fly = await startFakeFly(t, sharing);
	const before = fly.state().apps[APP]?.secrets;
	const more = await fly.deploy(["--app", APP, "--machines", "3", "--url", fly.url]);
	assert.equal(more.code, 2, more.output);
	assert.match(more.output, /1 new machine, 512 MB/);
	assert.match(more.output, /--yes/);
	for (const [wanted, yes] of [["3", "--yes"], ["2"], ["1"]] as const) {
		const args = ["--app", APP, "--machines", wanted, "--url", fly.url];
		const { code, output } = await fly.deploy(yes === undefined ? args : [...args, yes]);
		assert.equal(code, 0, output);
		assert.equal(fly.state().apps[APP]?.machines.length, Number(wanted));
	}
	assert.deepEqual(fly.state().apps[APP]?.secrets, { ...fly.state().apps[APP]?.secrets, ...before });
	assert.deepEqual(fly.state().clusters, []);
});

test("the databases of the environment are used, and none is created", async (t) => {
	const fly = await startFakeFly(t);
	const own = {
		DATABASE_URL: "postgres://me:pass-1@pg.example.org/chat",
		REDIS_URL: "rediss://:pass-2@redis.example.org",
	};
	const args = [...SEVERAL, "--yes", "--database-url-from-env", "--url", fly.url];
	const { code, output } = await fly.deploy(args, "", own);
	assert.equal(code, 0, output);
	const { apps, clusters, log } = fly.state();
	assert.equal(apps[APP]?.secrets.DATABASE_URL, own.DATABASE_URL);
	assert.equal(apps[APP]?.secrets.REDIS_URL, own.REDIS_URL);
	assert.deepEqual(clusters, []);
	assert.deepEqual(Object.keys(apps), [APP]);
	for (const value of ["pass-1", "pass-2"]) assert.ok(!(output + JSON.stringify(log)).includes(value));
	assert.doesNotMatch(output, /Postgres my-chat-db/);
});

test("the secrets of the app take precedence over the environment and over new databases", async (t) => {
	const fly = await startFakeFly(t, sharing);
	const before = fly.state().apps[APP]!.secrets;
	const own = { DATABASE_URL: "postgres://other.example.org/chat", REDIS_URL: "redis://other.example.org" };
	const args = [...SEVERAL, "--yes", "--database-url-from-env", "--url", fly.url];
	const { code, output } = await fly.deploy(args, "", own);
	assert.equal(code, 0, output);
	const { secrets } = fly.state().apps[APP]!;
	assert.deepEqual([secrets.DATABASE_URL, secrets.REDIS_URL], [before.DATABASE_URL, before.REDIS_URL]);
	assert.equal(fly.state().log.filter(([command]) => command === "mpg").length, 0);
});

test("at a terminal it asks before it creates anything, and accepts only yes", { skip: noTerminal() }, async (t) => {
	const fly = await startFakeFly(t);
	for (const typed of ["no", ""]) {
		const { code, output } = await atTerminal(fly.env, [...SEVERAL, "--url", fly.url], typed);
		assert.notEqual(code, 0, output);
		assert.match(output, /Create it\? Type yes/);
		assert.match(output, /Nothing was created/);
		assert.deepEqual(fly.state().apps, {});
		assert.deepEqual(fly.state().clusters, []);
	}
	const { code, output } = await atTerminal(fly.env, [...SEVERAL, "--url", fly.url], "yes");
	assert.equal(code, 0, output);
	assert.equal(fly.state().apps[APP]?.machines.length, 3);
});

/** `script` of util-linux provides a terminal; other systems have a different command of that name. */
function noTerminal(): string | false {
	return process.platform === "linux" && existsSync("/usr/bin/script")
		? false
		: "script of util-linux is not installed";
}

function atTerminal(env: NodeJS.ProcessEnv, args: string[], typed: string): Promise<ScriptRun> {
	const command = [process.execPath, join(root, "scripts", "deploy.ts"), ...args].map((word) => `'${word}'`).join(" ");
	return runCommand("/usr/bin/script", ["-qec", command, "/dev/null"], `${typed}\n`, env);
}

/** Two machines that share the operator's databases. */
function sharing(state: FakeFlyState): void {
	const secrets = { DATABASE_URL: "postgres://pg.example.org/chat", REDIS_URL: "redis://redis.example.org" };
	const machine = { region: "fra", state: "started", build: "old", pid: undefined };
	const machines = [
		{ ...machine, id: "11aa44ee11aa44" },
		{ ...machine, id: "22aa44ee22aa44" },
	];
	state.apps[APP] = { org: "personal", secrets, released: [], volumes: [], machines };
}
