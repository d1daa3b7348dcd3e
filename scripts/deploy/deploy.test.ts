import assert from "node:assert/strict";
import { test } from "node:test";
import { startFakeFly } from "./testing/fake-fly.ts";
import type { FakeFlyState } from "./testing/state.ts";

const APP = "my-chat";

/** Returns the commands that ran, without the parts that differ each time. */
function commands({ log }: FakeFlyState): string[] {
	return log.map((argv) => argv.join(" ").replace(/BUILD_ID=\S+/, "BUILD_ID=…"));
}

const FIRST = [
	"version",
	"auth whoami",
	`apps list --json`,
	"orgs list --json",
	`apps create ${APP} --org personal --yes`,
	`secrets list -a ${APP} --json`,
	`secrets import --stage -a ${APP}`,
	`deploy -a ${APP} -c fly.toml --remote-only --ha=false --build-arg BUILD_ID=… --yes`,
];
const AGAIN = [
	"version",
	"auth whoami",
	"apps list --json",
	`machine list -a ${APP} --json`,
	`volumes list -a ${APP} --json`,
	`secrets list -a ${APP} --json`,
	`deploy -a ${APP} -c fly.toml --remote-only --ha=false --primary-region fra --build-arg BUILD_ID=… --yes`,
];

/** Asserts that no secret is on a command line or on the terminal. */
function assertKeptSecret(state: FakeFlyState, output: string): void {
	const values = Object.values(state.apps[APP]?.secrets ?? {});
	for (const value of values) {
		assert.ok(!output.includes(value), "a secret is on the terminal");
		assert.ok(!JSON.stringify(state.log).includes(value), "a secret is on a command line");
	}
}

for (const keys of ["snake_case", "TitleCase"] as const) {
	test(`a first and a second deployment work with a flyctl that prints ${keys} JSON`, async (t) => {
		const fly = await startFakeFly(t, (state) => {
			state.keys = keys;
		});
		const first = await fly.deploy(["--app", APP, "--url", fly.url]);
		assert.equal(first.code, 0, first.output + fly.machineLog());
		assert.deepEqual(commands(fly.state()), FIRST);
		assertKeptSecret(fly.state(), first.output + fly.machineLog());
		const { secrets, released, volumes, machines } = fly.state().apps[APP]!;
		assert.deepEqual(released.sort(), ["ADMIN_TOKEN", "LOAD_TOKEN", "SESSION_SECRET"]);
		for (const value of Object.values(secrets)) assert.match(value, /^[\w-]{43}$/, "32 random bytes");

		fly.change((state) => {
			state.log = [];
		});
		const second = await fly.deploy(["--app", APP, "--url", fly.url]);
		assert.equal(second.code, 0, second.output + fly.machineLog());
		assert.deepEqual(commands(fly.state()), AGAIN);
		const after = fly.state().apps[APP]!;
		assert.deepEqual(after.secrets, secrets, "secrets are created once");
		assert.deepEqual(after.volumes, volumes, "there is one volume");
		assert.deepEqual(
			after.machines.map(({ id }) => id),
			machines.map(({ id }) => id),
			"there is one machine",
		);
	});
}

test("the summary has the address, the cost with its calculation and date, and the commands for logs and removal", async (t) => {
	const fly = await startFakeFly(t);
	const { code, output } = await fly.deploy(["--app", APP, "--url", fly.url, "--region", "ams"]);
	assert.equal(code, 0, output);
	for (let step = 1; step <= 6; step += 1) assert.match(output, new RegExp(`\\[${step}/6\\] `));
	assert.ok(output.includes(`${fly.url} is live.`));
	assert.match(output, /An estimate for 30 days in US dollars, with Fly\.io's prices of \d{4}-\d\d-\d\d/);
	assert.match(output, /suspended .* x .* = 0\.\d\d/);
	assert.ok(output.includes(`flyctl logs -a ${APP}`));
	assert.ok(output.includes(`npm run deploy -- --app ${APP} --destroy`));
	assert.equal(fly.state().apps[APP]?.volumes[0]?.region, "ams");
});

test("existing secrets are kept", async (t) => {
	const fly = await startFakeFly(t, (state) => {
		const secrets = { ADMIN_TOKEN: "chosen-by-hand-and-long-enough" };
		state.apps[APP] = { org: "personal", secrets, released: [], volumes: [], machines: [] };
	});
	const { code, output } = await fly.deploy(["--app", APP, "--url", fly.url]);
	assert.equal(code, 0, output);
	assert.match(output, /created SESSION_SECRET, LOAD_TOKEN/);
	assert.match(output, /To become its owner, open \S+\/claim#[\w-]{22}$/m);
	assert.equal(fly.state().apps[APP]?.secrets.ADMIN_TOKEN, "chosen-by-hand-and-long-enough");
	assertKeptSecret(fly.state(), output);
});

test("a deployment fails if the old build still responds, even if flyctl succeeds", async (t) => {
	const fly = await startFakeFly(t);
	const first = await fly.deploy(["--app", APP, "--url", fly.url]);
	assert.equal(first.code, 0, first.output);
	// A build id that differs from that of the sources.
	fly.change((state) => {
		state.brokenBuild = true;
	});
	await fly.restartAs(APP, "yesterday");
	const second = await fly.deploy(["--app", APP, "--url", fly.url, "--wait", "3"]);
	assert.equal(second.code, 1, second.output);
	assert.match(second.output, /build yesterday still responds/);
	assert.ok(second.output.includes(`flyctl logs -a ${APP}`));
	assert.match(second.output, /run the same command again/);
});
