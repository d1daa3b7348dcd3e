import assert from "node:assert/strict";
import { test } from "node:test";
import { startFakeFly } from "./testing/fake-fly.ts";

const APP = "my-chat";
const NETWORK = "Post https://api.fly.io/graphql: dial tcp: i/o timeout";

const steps: [command: string, when: "before" | "after"][] = [
	["auth whoami", "before"],
	["apps list", "before"],
	["apps create", "before"],
	["secrets list", "before"],
	["secrets import", "before"],
	["secrets import", "after"],
	["deploy", "before"],
	["deploy", "after"],
];

for (const [command, when] of steps) {
	test(`a failure ${when} "${command}" did its work is told, and running it again ends well`, async (t) => {
		const fly = await startFakeFly(t, (state) => {
			state.failures.push({ command, when, says: NETWORK, times: 1 });
		});
		const failed = await fly.deploy(["--app", APP, "--url", fly.url]);
		assert.equal(failed.code, 1, failed.output);
		assert.match(failed.output, /Fly\.io can't be reached/);
		assert.match(failed.output, /run (this|the same command) again/);

		const again = await fly.deploy(["--app", APP, "--url", fly.url]);
		assert.equal(again.code, 0, again.output);
		const { apps, log } = fly.state();
		assert.deepEqual(Object.keys(apps), [APP]);
		assert.equal(apps[APP]?.machines.length, 1);
		assert.equal(apps[APP]?.volumes.length, 1);
		const imports = log.filter((argv) => argv.slice(0, 2).join(" ") === "secrets import").length;
		assert.equal(imports, command === "secrets import" && when === "before" ? 2 : 1, "secrets are made once");
	});
}

test("an app whose creation failed after it was made is taken as made, at once", async (t) => {
	const fly = await startFakeFly(t, (state) => {
		state.failures.push({ command: "apps create", when: "after", says: NETWORK, times: 1 });
	});
	const { code, output } = await fly.deploy(["--app", APP, "--url", fly.url]);
	assert.equal(code, 0, output);
});

test("a failure that nobody foresaw is shown in flyctl's own words", async (t) => {
	const fly = await startFakeFly(t, (state) => {
		state.failures.push({ command: "deploy", when: "before", says: "the moon is in the wrong house", times: 1 });
	});
	const { code, output } = await fly.deploy(["--app", APP, "--url", fly.url]);
	assert.equal(code, 1, output);
	assert.match(output, /`flyctl deploy .*` failed \(exit code 1\):/);
	assert.match(output, /the moon is in the wrong house/);
});

test("a secret that flyctl quotes in its complaint is hidden", async (t) => {
	const fly = await startFakeFly(t, (state) => {
		state.failures.push({
			command: "secrets import",
			when: "after",
			says: "Secrets must be NAME=VALUE ({input} is invalid)",
			times: 1,
		});
	});
	const { code, output } = await fly.deploy(["--app", APP, "--url", fly.url]);
	assert.equal(code, 1, output);
	assert.match(output, /SESSION_SECRET=\(hidden\)/);
	for (const value of Object.values(fly.state().apps[APP]!.secrets)) assert.ok(!output.includes(value));
});
