import assert from "node:assert/strict";
import { test } from "node:test";
import { standInFly } from "./stand-in/fly.ts";

const APP = "my-chat";
const NETWORK = "Post https://api.fly.io/graphql: dial tcp: i/o timeout";

/** `nth`: of the commands of that name, the one that fails; `absorbed`: the first attempt finds that it was done. */
const steps: { command: string; when: "before" | "after"; nth?: number; absorbed?: true }[] = [
	{ command: "mpg list", when: "before" },
	{ command: "apps create", when: "before" },
	{ command: "apps create", when: "before", nth: 2 },
	{ command: "apps create", when: "after", nth: 2, absorbed: true },
	{ command: "mpg create", when: "before" },
	{ command: "mpg create", when: "after", absorbed: true },
	{ command: "mpg attach", when: "before" },
	{ command: "mpg attach", when: "after", absorbed: true },
	{ command: "secrets import", when: "before" },
	{ command: "secrets import", when: "after" },
	{ command: "deploy", when: "before" },
	{ command: "deploy", when: "after" },
	{ command: "secrets import", when: "before", nth: 2 },
	{ command: "secrets import", when: "after", nth: 2 },
	{ command: "deploy", when: "before", nth: 2 },
	{ command: "deploy", when: "after", nth: 2 },
	{ command: "scale count", when: "before" },
	{ command: "scale count", when: "after" },
];

for (const { command, when, nth = 1, absorbed } of steps) {
	const which = nth === 1 ? "" : " the second time";
	test(`several machines: a failure ${when} "${command}" did its work${which} is made good`, async (t) => {
		const fly = await standInFly(t, (state) => {
			state.failures.push({ command, when, says: NETWORK, times: 1, skip: nth - 1 });
		});
		const args = ["--app", APP, "--machines", "2", "--yes", "--url", fly.url];
		const first = await fly.deploy(args);
		assert.equal(first.code, absorbed ? 0 : 1, first.output);
		if (!absorbed) {
			assert.match(first.output, /Fly\.io can't be reached/);
			assert.match(first.output, /run (this|the same command) again/);
		}
		const again = await fly.deploy(args);
		assert.equal(again.code, 0, again.output);

		const { apps, clusters } = fly.state();
		assert.deepEqual(Object.keys(apps).sort(), [APP, `${APP}-valkey`]);
		assert.deepEqual(
			clusters.map(({ name, apps: attached }) => [name, attached]),
			[[`${APP}-db`, [APP]]],
		);
		assert.equal(apps[APP]?.machines.length, 2);
		assert.equal(apps[`${APP}-valkey`]?.machines.length, 1);
		assert.deepEqual(apps[APP]?.volumes, []);
		const flags = apps[`${APP}-valkey`]?.secrets.VALKEY_EXTRA_FLAGS;
		const password = new URL(apps[APP]!.secrets.REDIS_URL!).password;
		assert.equal(flags, `--requirepass ${password}`, "the address has the password that Valkey has");
	});
}
