import assert from "node:assert/strict";
import { test } from "node:test";
import { startFakeFly } from "./testing/fake-fly.ts";

const APP = "my-chat";
const NETWORK = "Post https://api.fly.io/graphql: dial tcp: i/o timeout";

/** `skip`: the number of commands of that name that succeed before the failure. */
const STEPS: Record<string, { command: string; skip?: number }[]> = {
	"for Postgres and Valkey": [
		{ command: "mpg create" },
		{ command: "mpg attach" },
		{ command: "apps create", skip: 1 }, // Valkey's, after its own
		{ command: "secrets import" }, // Valkey's password
	],
	"towards the machines": [
		{ command: "deploy" }, // Valkey
		{ command: "secrets import", skip: 2 }, // REDIS_URL, after Valkey's password, twice
		{ command: "deploy", skip: 2 },
		{ command: "scale count" },
	],
};
/** An error after these took effect is noticed in the same attempt. */
const NOTICED = ["apps create", "mpg create", "mpg attach"];

const cases = (["before", "after"] as const).flatMap((when) =>
	Object.entries(STEPS).map(([what, commands]) => ({ what, when, commands })),
);
for (const { what, when, commands } of cases) {
	test(`several machines: each step ${what} fails once ${when} it took effect, and the next attempt continues`, async (t) => {
		const fly = await startFakeFly(t, (state) => {
			state.failures = commands.map(({ command, skip = 0 }) => ({ command, skip, when, message: NETWORK, times: 1 }));
		});
		const failing = commands.filter(({ command }) => when === "before" || !NOTICED.includes(command));
		for (let attempt = 0; ; attempt++) {
			const { code, output } = await fly.deploy(["--app", APP, "--machines", "2", "--yes", "--url", fly.url]);
			if (code === 0) break;
			assert.ok(attempt < failing.length, output);
			assert.equal(code, 1, output);
			assert.match(output, /Fly\.io cannot be reached/);
			assert.match(output, /run (this|the same command) again/);
		}
		const { apps, clusters, failures } = fly.state();
		assert.deepEqual(
			failures.filter(({ times }) => times > 0),
			[],
			"every failure occurred",
		);
		assert.deepEqual(Object.keys(apps).sort(), [APP, `${APP}-valkey`]);
		assert.deepEqual(
			clusters.map(({ name, apps: attached }) => [name, attached]),
			[[`${APP}-db`, [APP]]],
		);
		assert.equal(apps[APP]?.machines.length, 2);
		assert.equal(apps[`${APP}-valkey`]?.machines.length, 1);
		assert.deepEqual(apps[APP]?.volumes, []);
		const flags = apps[`${APP}-valkey`]?.secrets.VALKEY_EXTRA_FLAGS;
		const { password } = new URL(apps[APP]!.secrets.REDIS_URL!);
		assert.equal(flags, `--requirepass ${password}`, "the address contains the password of Valkey");
	});
}
